package io.ipam.store.testkit;

import io.ipam.address.Address;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** A pool as a sequential object: which holder has which address. Thread safety: immutable. */
final class PoolModel
        implements BiFunction<Map<Address, PoolModel.Hold>, AddressHistory.Call, List<Map<Address, PoolModel.Hold>>> {
    /** The generation of a grant whose answer was not seen. */
    private static final long ANY = 0;

    record Hold(AddressHistory.Holder holder, long generation) {
        boolean isOf(AddressHistory.Holder other, long named) {
            return holder.equals(other) && (generation == ANY || generation == named);
        }
    }

    private final List<Address> addresses;

    PoolModel(List<Address> addresses) {
        this.addresses = addresses;
    }

    @Override
    public List<Map<Address, Hold>> apply(Map<Address, Hold> state, AddressHistory.Call call) {
        return call instanceof AddressHistory.Release release
                ? afterRelease(state, release)
                : afterAllocate(state, (AddressHistory.Allocate) call);
    }

    private List<Map<Address, Hold>> afterAllocate(Map<Address, Hold> state, AddressHistory.Allocate call) {
        Optional<Address> held = addresses.stream()
                .filter(address -> state.containsKey(address)
                        && state.get(address).holder().equals(call.holder()))
                .findFirst();
        if (call.answer() instanceof AddressHistory.Answer.Granted granted) {
            return held.isPresent() ? asked(state, held.get(), granted, call) : granted(state, granted, call);
        } else if (call.answer() instanceof AddressHistory.Answer.Exhausted) {
            return held.isEmpty() && state.size() == addresses.size() ? List.of(state) : List.of();
        }
        List<Map<Address, Hold>> possible = new ArrayList<>();
        for (Address address : held.isPresent() ? List.<Address>of() : addresses) {
            if (!state.containsKey(address)) {
                possible.add(with(state, address, new Hold(call.holder(), ANY)));
            }
        }
        return possible;
    }

    private static List<Map<Address, Hold>> asked(
            Map<Address, Hold> state,
            Address held,
            AddressHistory.Answer.Granted granted,
            AddressHistory.Allocate call) {
        Hold hold = state.get(held);
        return held.equals(granted.address()) && hold != null && hold.isOf(call.holder(), granted.generation())
                ? List.of(with(state, held, new Hold(call.holder(), granted.generation())))
                : List.of();
    }

    private List<Map<Address, Hold>> granted(
            Map<Address, Hold> state, AddressHistory.Answer.Granted granted, AddressHistory.Allocate call) {
        return addresses.contains(granted.address()) && !state.containsKey(granted.address())
                ? List.of(with(state, granted.address(), new Hold(call.holder(), granted.generation())))
                : List.of();
    }

    private static List<Map<Address, Hold>> afterRelease(Map<Address, Hold> state, AddressHistory.Release call) {
        Hold hold = state.get(call.address());
        boolean own = hold != null && hold.isOf(call.holder(), call.generation());
        boolean fits;
        if (call.answer() instanceof AddressHistory.Answer.NotAllocated) {
            fits = hold == null;
        } else if (call.answer() instanceof AddressHistory.Answer.HeldByAnother) {
            fits = hold != null && (hold.generation() == ANY || !own);
        } else {
            return own ? List.of(without(state, call.address())) : List.of();
        }
        return fits ? List.of(state) : List.of();
    }

    private static Map<Address, Hold> with(Map<Address, Hold> state, Address address, Hold hold) {
        Map<Address, Hold> next = new HashMap<>(state);
        next.put(address, hold);
        return next;
    }

    private static Map<Address, Hold> without(Map<Address, Hold> state, Address address) {
        Map<Address, Hold> next = new HashMap<>(state);
        next.remove(address);
        return next;
    }
}
