package io.ipam;

import static io.ipam.fixture.Pools.v4;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Address;
import io.ipam.address.Family;
import io.ipam.allocation.Allocation;
import io.ipam.allocation.HandOverResult;
import io.ipam.allocation.Holding;
import io.ipam.allocation.ReleaseResult;
import io.ipam.fixture.IpamFixture;
import io.ipam.owner.Owner;
import io.ipam.resolution.InterfaceRequest;
import io.ipam.resolution.PoolNames;
import io.ipam.resolution.PoolSelections;
import io.ipam.resolution.PoolSelections.GivenAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Two virtual machines with several incarnations that migrate, move to given addresses, and
 * release, against a map from addresses to holders.
 */
class HandOverPropertyTest {
    private static final int ADDRESSES = 4;

    /** An action of the incarnation {@code uid} of a machine; each kind reads the other numbers. */
    record Action(int kind, String machine, String uid, String otherUid, String interfaceName, int number) {}

    record Held(String machine, String uid, String interfaceName, long generation) {}

    private final class Run {
        final IpamFixture fixture = new IpamFixture(v4("a", 1, ADDRESSES));
        final Map<Address, Held> model = new TreeMap<>();
        final Set<Long> generations = new HashSet<>();

        void run(Action action) {
            switch (action.kind) {
                case 0, 1 -> allocate(action);
                case 2, 3 -> handOver(action);
                default -> release(action);
            }
            Map<Address, Held> actual = new TreeMap<>();
            fixture.ipam
                    .state()
                    .export()
                    .pools()
                    .forEach(pool -> pool.held()
                            .forEach(held -> actual.put(
                                    held.address(),
                                    new Held(
                                            held.owner().name(),
                                            held.owner().uid(),
                                            held.interfaceName(),
                                            held.generation()))));
            assertEquals(model, actual);
            assertEquals(List.of(), fixture.ipam.state().verify());
        }

        /** The machine gets the given address on the interface unless another holding has it. */
        private void allocate(Action action) {
            Address given = address(action.number);
            PoolSelections selections = PoolSelections.none()
                    .withPod(PoolNames.of(Family.IPV4, "a"))
                    .withInterfaces(List.of(InterfaceRequest.of(action.interfaceName)))
                    .withGiven(List.of(new GivenAddress(action.interfaceName, given)));
            AllocationResult result = fixture.ask(owner(action.machine, action.uid), selections);
            Held present = model.get(given);
            boolean isOwn = present != null
                    && present.machine.equals(action.machine)
                    && present.interfaceName.equals(action.interfaceName);
            assertEquals(present == null || isOwn, result.isAllocated(), () -> given + " " + model);
            if (result.isAllocated()) {
                Allocation allocation = result.orElseThrow().get(0);
                assertEquals(given, allocation.address());
                boolean isSame = isOwn && present.uid.equals(action.uid);
                assertEquals(!isSame, generations.add(allocation.generation()));
                model.values()
                        .removeIf(held ->
                                held.machine.equals(action.machine) && held.interfaceName.equals(action.interfaceName));
                model.put(given, new Held(action.machine, action.uid, action.interfaceName, allocation.generation()));
            }
        }

        private void handOver(Action action) {
            Map<Address, Held> own = new TreeMap<>(model);
            own.values().removeIf(held -> !held.machine.equals(action.machine));
            List<Long> named = own.values().stream()
                    .filter(held -> held.uid.equals(action.uid))
                    .map(Held::generation)
                    .toList();
            long generation = named.isEmpty() ? -1 : named.get(action.number % named.size());
            Ipam ipam = fixture.ipam;
            HandOverResult result = action.kind == 2
                    ? ipam.handOver(owner(action.machine, "any"), action.uid, action.otherUid)
                    : ipam.handOver(owner(action.machine, "any"), action.uid, action.otherUid, generation);
            boolean isFree = own.values().stream()
                    .allMatch(held -> held.uid.equals(action.uid) || held.uid.equals(action.otherUid));
            assertEquals(!own.isEmpty() && isFree, result.isHandedOver(), () -> result + " " + own);
            if (!result.isHandedOver()) {
                return;
            }
            boolean isRepeat = own.values().stream().allMatch(held -> held.uid.equals(action.otherUid));
            assertEquals(isRepeat, result instanceof HandOverResult.AlreadyHeld);
            List<Holding> holdings = result.orElseThrow();
            assertEquals(
                    new ArrayList<>(own.keySet()),
                    holdings.stream().map(Holding::address).toList());
            for (Holding holding : holdings) {
                Held before = own.get(holding.address());
                boolean isKept = before.uid.equals(action.otherUid);
                assertTrue(isKept ? before.generation == holding.generation() : generations.add(holding.generation()));
                model.put(
                        holding.address(),
                        new Held(action.machine, action.otherUid, before.interfaceName, holding.generation()));
            }
        }

        /** A late twin releases nothing. */
        private void release(Action action) {
            List<ReleaseResult> results = fixture.ipam.release(owner(action.machine, action.uid));
            long released = results.stream().filter(ReleaseResult::isReleased).count();
            int before = model.size();
            model.values().removeIf(held -> held.machine.equals(action.machine) && held.uid.equals(action.uid));
            assertEquals(before - model.size(), released);
        }
    }

    private static Owner owner(String machine, String uid) {
        return Owner.stateful("shop", machine, uid);
    }

    private static Address address(int number) {
        return Address.parse("10.1.0." + (1 + number % ADDRESSES));
    }

    @Provide
    Arbitrary<List<Action>> actions() {
        Arbitrary<String> uids = Arbitraries.of("source", "target", "third", "");
        return Combinators.combine(
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.of("vm-1", "vm-2"),
                        uids,
                        uids,
                        Arbitraries.of("eth0", "net1"),
                        Arbitraries.integers().between(0, 99))
                .as(Action::new)
                .list()
                .ofMinSize(5)
                .ofMaxSize(60);
    }

    @Property(tries = 400)
    void handOver_amongRandomActions_agreesWithAMap(@ForAll("actions") List<Action> actions) {
        Run run = new Run();
        actions.forEach(run::run);
    }
}
