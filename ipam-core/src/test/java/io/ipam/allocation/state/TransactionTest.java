package io.ipam.allocation.state;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ipam.address.Address;
import io.ipam.allocation.Owner;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransactionTest {
    private static final Owner OWNER = Owner.stateless("shop", "cart-0", "u");

    private final MemoryState state = new MemoryState(
            PoolCatalog.of(
                    Pool.builder("a", "10.1.0.0/24").ips("10.1.0.1-10.1.0.9").build()),
            new StateSettings(0, null));

    /** What a decision wrote before it asked to see more is forgotten: it is made from the beginning. */
    @Test
    void nothingOfAnEarlierAttemptIsApplied() {
        Definition pool = requireNonNull(state.live().pool("a"));
        Transition<Boolean> body = (in, out, now, random) -> {
            boolean isFirst = in.ledger(pool) == null;
            String address = isFirst ? "10.1.0.1" : "10.1.0.2";
            out.grant(OwnedRecord.granted(pool, Address.parse(address), OWNER, "eth0", in.newGenerations(1)));
            return isFirst ? new Step.Widen<>(in.footprint().with(pool)) : new Step.Done<>(true);
        };
        assertEquals(true, state.transact(Footprint.of(OWNER), body, 0, 0));
        assertEquals(
                List.of(Address.parse("10.1.0.2")),
                state.heldBy(OWNER).stream().map(holding -> holding.address()).toList());
        assertEquals(List.of(), state.verify());
    }

    @Test
    void whoSeesNoMoreAsksInVain() {
        Transition<Boolean> body = (in, out, now, random) -> new Step.Widen<>(in.footprint());
        Footprint footprint = Footprint.of(OWNER);
        var failure = assertThrows(IllegalStateException.class, () -> state.transact(footprint, body, 0, 0));
        assertEquals("not wider than " + OWNER + " in []: " + OWNER + " in []", failure.getMessage());
        assertEquals(List.of(), state.verify());
    }
}
