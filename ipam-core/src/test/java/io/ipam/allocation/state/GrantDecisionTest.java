package io.ipam.allocation.state;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ipam.address.Family;
import io.ipam.allocation.AllocationOrder;
import io.ipam.allocation.Holding;
import io.ipam.allocation.Owner;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A request is decided when the owner holds what it was resolved with, as far as the request is about it. */
class GrantDecisionTest {
    private static final Owner OWNER = Owner.stateless("shop", "cart-0", "u");
    private static final String STALE = "Stale[]";
    private static final String UNKNOWN = "";

    private final MemoryState state = new MemoryState(
            PoolCatalog.of(
                    Pool.builder("a", "10.1.0.0/24").ips("10.1.0.1-10.1.0.9").build()),
            new StateSettings(0, null));

    private String request(List<Holding> released, List<Holding> aside, Request.Demand... demands) {
        Request request = new Request(OWNER, state.live(), List.of(demands), released, aside);
        GrantDecision decision = new GrantDecision(request, AllocationOrder.LOWEST, 0);
        GrantOutcome outcome = state.transact(decision.firstFootprint(), decision, 0, 0);
        assertEquals(List.of(), state.verify());
        return outcome instanceof GrantOutcome.Granted granted ? addresses(granted.grants()) : outcome.toString();
    }

    private static String addresses(List<OwnedRecord> records) {
        return String.join(
                ", ",
                records.stream().map(record -> record.address().toString()).toList());
    }

    private Request.Demand demand(String interfaceName, Holding... kept) {
        return new Request.Demand(
                interfaceName,
                Family.IPV4,
                List.of(kept),
                List.of(requireNonNull(state.live().pool("a"))),
                null);
    }

    /** What is granted for an interface, on top of what the owner holds. */
    private Holding grant(String interfaceName) {
        List<Holding> before = state.heldBy(OWNER);
        List<Holding> unknown = before.stream()
                .filter(holding -> holding.interfaceName().isEmpty())
                .toList();
        request(List.of(), unknown, demand(interfaceName));
        return state.heldBy(OWNER).stream()
                .filter(holding -> !before.contains(holding))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void isStaleWhenMoreIsHeldForAnInterface() {
        grant("eth0");
        assertEquals(STALE, request(List.of(), List.of(), demand("eth0")));
        assertEquals(STALE, request(List.of(), List.of(), demand("net1"), demand("eth0")));
        assertEquals("10.1.0.2", request(List.of(), List.of(), demand("net1")));
    }

    @Test
    void isStaleWhenLessIsHeld() {
        Holding kept = grant("eth0");
        assertEquals("10.1.0.1", request(List.of(), List.of(), demand("eth0", kept)));
        state.transact(Footprint.of(OWNER), ReleaseDecision.ofAll(OWNER, 0), 0, 0);
        assertEquals(STALE, request(List.of(), List.of(), demand("eth0", kept)));
        assertEquals(STALE, request(List.of(kept), List.of(), demand("net1")));
        assertEquals(STALE, request(List.of(), List.of(kept), demand("net1")));
    }

    /** An address whose interface is unknown may be of any: it is kept, given up, or known and left alone. */
    @Test
    void isStaleWhenMoreIsHeldForAnUnknownInterface() {
        Holding first = grant(UNKNOWN);
        Holding second = grant(UNKNOWN);
        Holding third = grant(UNKNOWN);
        assertEquals(STALE, request(List.of(), List.of(), demand("eth0")));
        assertEquals(STALE, request(List.of(first), List.of(second), demand("eth0")));
        assertEquals(STALE, request(List.of(), List.of(first, second), demand("eth0")));
        assertEquals(
                "10.1.0.3, 10.1.0.4", request(List.of(first), List.of(second), demand("eth0", third), demand("net1")));
    }
}
