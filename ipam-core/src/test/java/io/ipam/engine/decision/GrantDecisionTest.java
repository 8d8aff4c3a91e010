package io.ipam.engine.decision;

import static io.ipam.fixture.Owners.CART;
import static io.ipam.fixture.Pools.v4;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ipam.address.Address;
import io.ipam.allocation.Holding;
import io.ipam.engine.EngineFixture;
import io.ipam.fixture.PlainRequest;
import io.ipam.pool.PoolCatalog;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A request is decided if the catalog and its relevant holdings equal those of its resolution;
 * otherwise it is outdated.
 */
class GrantDecisionTest {
    private static final String OUTDATED = "Outdated[]";
    private static final String UNKNOWN = "";

    private final EngineFixture fixture = new EngineFixture(0, v4("a", 1, 9));

    private String request(List<Holding> released, List<Holding> unadopted, PlainRequest.Demand... demands) {
        return decide(new PlainRequest(CART, fixture.catalog(), List.of(demands), released, unadopted));
    }

    private String decide(PlainRequest request) {
        GrantOutcome outcome = fixture.grant(request);
        assertEquals(List.of(), fixture.verify());
        return outcome instanceof GrantOutcome.Granted granted ? addresses(granted.grants()) : outcome.toString();
    }

    private static String addresses(List<GrantOutcome.Grant> grants) {
        return String.join(
                ", ", grants.stream().map(grant -> grant.address().toString()).toList());
    }

    private PlainRequest.Demand demand(String interfaceName) {
        return PlainRequest.demand(interfaceName, PlainRequest.pools(fixture.catalog(), "a"));
    }

    /** The holding that is granted for an interface, in addition to the others. */
    private Holding grant(String interfaceName) {
        List<Holding> before = fixture.heldBy(CART);
        List<Holding> unknown = before.stream()
                .filter(holding -> holding.interfaceName().isEmpty())
                .toList();
        request(List.of(), unknown, demand(interfaceName));
        return fixture.heldBy(CART).stream()
                .filter(holding -> !before.contains(holding))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void decide_moreIsHeldForAnInterface_isOutdated() {
        grant("eth0");
        assertEquals(OUTDATED, request(List.of(), List.of(), demand("eth0")));
        assertEquals(OUTDATED, request(List.of(), List.of(), demand("net1"), demand("eth0")));
        assertEquals("10.1.0.2", request(List.of(), List.of(), demand("net1")));
    }

    @Test
    void decide_lessIsHeld_isOutdated() {
        Holding kept = grant("eth0");
        assertEquals("10.1.0.1", request(List.of(), List.of(), PlainRequest.keeping("eth0", kept)));
        fixture.release(CART);
        assertEquals(OUTDATED, request(List.of(), List.of(), PlainRequest.keeping("eth0", kept)));
        assertEquals(OUTDATED, request(List.of(kept), List.of(), demand("net1")));
        assertEquals(OUTDATED, request(List.of(), List.of(kept), demand("net1")));
    }

    /** The address is the same but the holding is not: it was released and granted again. */
    @Test
    void decide_holdingHasAnotherGeneration_isOutdated() {
        Holding old = grant("eth0");
        fixture.release(CART);
        Holding current = grant("eth0");
        assertEquals(old.address(), current.address());
        assertEquals(OUTDATED, request(List.of(), List.of(), PlainRequest.keeping("eth0", old)));
        assertEquals(OUTDATED, request(List.of(old), List.of(), demand("eth0")));
    }

    /** Another state can assign the same generation to another address, pool, or interface. */
    @Test
    void decide_holdingDiffersAndHasTheGeneration_isOutdated() {
        Holding held = grant("eth0");
        for (Holding other : List.of(
                new Holding("eth0", held.family(), "b", held.address(), held.generation(), held.uid()),
                new Holding("net1", held.family(), "a", held.address(), held.generation(), held.uid()),
                new Holding("eth0", held.family(), "a", held.address(), held.generation(), "v"),
                new Holding("eth0", held.family(), "a", Address.parse("10.1.0.2"), held.generation(), held.uid()))) {
            assertEquals(
                    OUTDATED, request(List.of(), List.of(), PlainRequest.keeping("eth0", other)), other.toString());
        }
        assertEquals("10.1.0.1", request(List.of(), List.of(), PlainRequest.keeping("eth0", held)));
    }

    @Test
    void decide_otherCatalog_isOutdated() {
        PoolCatalog equal = PoolCatalog.of(v4("a", 1, 9));
        assertEquals(OUTDATED, decide(PlainRequest.any(CART, equal, "eth0", "a")));
        PoolCatalog before = fixture.catalog();
        fixture.engine().update(before, before.with(v4("b", 2, 9)), 0);
        assertEquals(OUTDATED, decide(PlainRequest.any(CART, before, "eth0", "a")));
    }

    /**
     * An address of an unknown interface may belong to any: it is kept, released, or known and
     * unchanged.
     */
    @Test
    void decide_moreIsHeldForAnUnknownInterface_isOutdated() {
        Holding first = grant(UNKNOWN);
        Holding second = grant(UNKNOWN);
        Holding third = grant(UNKNOWN);
        assertEquals(OUTDATED, request(List.of(), List.of(), demand("eth0")));
        assertEquals(OUTDATED, request(List.of(first), List.of(second), demand("eth0")));
        assertEquals(OUTDATED, request(List.of(), List.of(first, second), demand("eth0")));
        assertEquals(
                "10.1.0.3, 10.1.0.4",
                request(List.of(first), List.of(second), PlainRequest.keeping("eth0", third), demand("net1")));
    }
}
