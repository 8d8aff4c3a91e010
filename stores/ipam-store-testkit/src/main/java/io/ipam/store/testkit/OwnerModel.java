package io.ipam.store.testkit;

import io.ipam.address.Address;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * An owner as a sequential object: one address at most for each demand, in any pool, and the same
 * one when it is requested again. Thread safety: immutable.
 */
final class OwnerModel
        implements BiFunction<Map<String, OwnerModel.Hold>, AddressHistory.Call, List<Map<String, OwnerModel.Hold>>> {
    /** The address is empty after a grant whose answer was not seen. */
    record Hold(Optional<Address> address, long generation) {
        boolean mayBe(Address other, long named) {
            return address.isEmpty() || (address.get().equals(other) && generation == named);
        }
    }

    @Override
    public List<Map<String, Hold>> apply(Map<String, Hold> state, AddressHistory.Call call) {
        Hold hold = state.get(call.holder().demand());
        if (call instanceof AddressHistory.Release release) {
            return afterRelease(state, release, Optional.ofNullable(hold));
        } else if (call.answer() instanceof AddressHistory.Answer.Granted granted) {
            return hold == null || hold.mayBe(granted.address(), granted.generation())
                    ? List.of(with(state, call, new Hold(Optional.of(granted.address()), granted.generation())))
                    : List.of();
        } else if (call.answer() instanceof AddressHistory.Answer.Exhausted) {
            return hold == null ? List.of(state) : List.of();
        }
        return hold == null ? List.of(with(state, call, new Hold(Optional.empty(), 0))) : List.of();
    }

    private static List<Map<String, Hold>> afterRelease(
            Map<String, Hold> state, AddressHistory.Release call, Optional<Hold> hold) {
        boolean mayHold = hold.isPresent() && hold.get().mayBe(call.address(), call.generation());
        if (call.answer() instanceof AddressHistory.Answer.Released
                || call.answer() instanceof AddressHistory.Answer.Unknown) {
            Map<String, Hold> next = new HashMap<>(state);
            next.remove(call.holder().demand());
            return mayHold ? List.of(next) : List.of();
        }
        boolean holds = mayHold && hold.get().address().isPresent();
        return holds ? List.of() : List.of(state);
    }

    private static Map<String, Hold> with(Map<String, Hold> state, AddressHistory.Call call, Hold hold) {
        Map<String, Hold> next = new HashMap<>(state);
        next.put(call.holder().demand(), hold);
        return next;
    }
}
