package io.ipam;

import static io.ipam.fixture.Pools.v4;
import static io.ipam.fixture.Selections.of;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ipam.allocation.RefusalReason;
import io.ipam.allocation.StateSnapshot;
import io.ipam.fixture.IpamFixture;
import io.ipam.owner.Owner;
import io.ipam.resolution.PoolSelections;
import io.ipam.resolution.Resolution;
import io.ipam.resolution.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Requests that are served to a claim. */
class ClaimTest {
    record Action(boolean release, String claim, String uid) {}

    @Provide
    Arbitrary<List<Action>> actions() {
        return Combinators.combine(
                        Arbitraries.of(true, false), Arbitraries.of("a", "b", "c"), Arbitraries.of("1", "2", "3"))
                .as(Action::new)
                .list()
                .ofMaxSize(12);
    }

    /** The model is a request by the stateful owner itself. */
    @Property(tries = 300)
    void allocate_withClaim_isServedAsTheStatefulOwner(@ForAll("actions") List<Action> actions) {
        IpamFixture claiming = new IpamFixture(v4("a", 1, 2));
        IpamFixture model = new IpamFixture(v4("a", 1, 2));
        for (Action action : actions) {
            Owner owner = Owner.stateful("shop", action.claim, action.uid);
            if (action.release) {
                assertEquals(
                        model.ipam.release(owner).toString().replaceAll("generation=\\d+", ""),
                        claiming.ipam.release(owner).toString().replaceAll("generation=\\d+", ""));
            } else {
                AllocationResult result = claiming.ask(
                        Owner.stateless("shop", "pod-" + action.uid, action.uid), of("a").withClaim(action.claim));
                assertEquals(texts(model.ask(owner, of("a"))), texts(result), () -> action + " of " + actions);
                assertEquals(owner, result.resolution().owner());
            }
        }
        assertEquals(held(model), held(claiming));
        assertEquals(List.of(), claiming.ipam.state().verify());
    }

    private static List<String> texts(AllocationResult result) {
        return result instanceof AllocationResult.Refused refused
                ? List.of(refused.reason() + " " + refused.message())
                : result.orElseThrow().stream()
                        .map(allocation -> allocation.owner() + " " + allocation)
                        .toList();
    }

    private static List<String> held(IpamFixture fixture) {
        StateSnapshot state = fixture.ipam.state().export();
        List<String> held = new ArrayList<>();
        state.pools().forEach(pool -> pool.held().forEach(one -> held.add(one.address() + " " + one.owner())));
        return held;
    }

    @Test
    void allocate_resolutionOfAClaim_isCurrent() {
        IpamFixture fixture = new IpamFixture(v4("a", 1, 2));
        Workload pod = Workload.builder(Owner.stateless("shop", "pod-1", "1"))
                .labels(Map.of("app", "cart"))
                .node("n", Map.of("z", "1"))
                .build();
        Resolution resolution = fixture.ipam.resolve(pod, of("a").withClaim("vm"));
        AllocationResult result = fixture.ipam.allocate(resolution);
        assertSame(resolution, result.resolution());
        assertEquals(
                Owner.stateful("shop", "vm", "1"), result.orElseThrow().get(0).owner());
        assertEquals("shop/vm (uid 1) on node n", resolution.workload().toString());
        assertEquals(pod.labels(), resolution.workload().labels());
        assertEquals(pod.nodeLabels(), resolution.workload().nodeLabels());
        assertEquals(pod.namespaceLabels(), resolution.workload().namespaceLabels());
        assertEquals(pod.application(), resolution.workload().application());
    }

    @Test
    void allocate_claimOfAnotherKind_isRefusedWithTheOwner() {
        IpamFixture fixture = new IpamFixture(v4("a", 1, 2));
        fixture.get(Owner.stateless("shop", "vm", "1"), of("a"));
        AllocationResult.Refused refused =
                fixture.refused(Owner.stateless("shop", "pod-1", "1"), of("a").withClaim("vm"));
        assertEquals(RefusalReason.OWNER_CONFLICT, refused.reason());
    }

    @Test
    void withClaim_emptyName_isRefused() {
        PoolSelections selections = PoolSelections.none();
        assertThrows(IllegalArgumentException.class, () -> selections.withClaim(""));
    }
}
