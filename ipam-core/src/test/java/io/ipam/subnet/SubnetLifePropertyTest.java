package io.ipam.subnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Address;
import io.ipam.address.AddressSet;
import io.ipam.address.Family;
import io.ipam.owner.Owner;
import io.ipam.pool.Application;
import io.ipam.pool.ChangePlan;
import io.ipam.pool.HeldAddresses;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.problem.ProblemType;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Applications are created, scaled, recreated, and deleted, while addresses of their pools are
 * allocated and released.
 */
class SubnetLifePropertyTest {
    private static final List<Subnet> SUBNETS = List.of(
            Subnet.builder("blue", "10.6.0.0/24")
                    .ips("10.6.0.1-10.6.0.20")
                    .excludeIps("10.6.0.7")
                    .build(),
            Subnet.builder("violet", "fd06::/64").ips("fd06::fff0-fd06::1:3").build());
    private static final ApplicationPlanner PLANNER = ApplicationPlanner.of(SubnetCatalog.of(SUBNETS));

    enum Event {
        PLAN,
        RECREATE,
        RETIRE,
        TAKE,
        GIVE_BACK,
        REMOVE_BY_FORCE
    }

    record Move(Event event, int application, int number, boolean flexible, boolean reclaim, boolean bothFamilies) {}

    @Provide
    Arbitrary<List<Move>> lives() {
        return Combinators.combine(
                        Arbitraries.of(Event.class),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(0, 9),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false))
                .as(Move::new)
                .list()
                .ofMaxSize(60);
    }

    @Property(tries = 300)
    void plans_anySequence_keepPoolsDisjointAndSized(@ForAll("lives") List<Move> moves) {
        World world = new World();
        for (Move move : moves) {
            world.make(move);
            world.verify();
        }
    }

    /** The pools, and a naive record of the holders. */
    private static final class World {
        private static final Owner HOLDER = Owner.stateless("shop", "holder", "u");

        private final Map<String, TreeSet<Address>> held = new HashMap<>();
        private final int[] lives = new int[3];
        private final Map<String, Pool> detached = new TreeMap<>();
        private PoolCatalog catalog = PoolCatalog.EMPTY;

        void make(Move move) {
            switch (move.event()) {
                case RECREATE -> {
                    lives[move.application()]++;
                    plan(move);
                }
                case PLAN -> plan(move);
                case RETIRE -> apply(PLANNER.retire(application(move), catalog, inUse()));
                case TAKE -> take(move);
                case GIVE_BACK ->
                    held.values().stream()
                            .filter(addresses -> addresses.size() > move.number() % 3)
                            .findFirst()
                            .ifPresent(TreeSet::pollFirst);
                case REMOVE_BY_FORCE ->
                    catalog.pools().stream()
                            .skip(move.application())
                            .findFirst()
                            .ifPresent(this::removeByForce);
            }
            detached.keySet()
                    .removeIf(name -> held.getOrDefault(name, new TreeSet<>()).isEmpty());
        }

        private void removeByForce(Pool pool) {
            catalog = catalog.without(pool.name());
            detached.put(pool.name(), pool);
        }

        private Application application(Move move) {
            int which = move.application();
            // The pools of two consecutive uids have one name.
            String namedAlike = "-" + which + lives[which] / 2;
            return new Application(
                    "apps/v1", "Deployment", "shop", "app-" + which, lives[which] + namedAlike, move.number());
        }

        private HeldAddresses inUse() {
            return new HeldAddresses() {
                @Override
                public void forEachHeld(String pool, BiConsumer<Address, Owner> action) {
                    held.getOrDefault(pool, new TreeSet<>()).forEach(address -> action.accept(address, HOLDER));
                }

                @Override
                public Collection<Pool> detached() {
                    return detached.values();
                }
            };
        }

        private void take(Move move) {
            if (!catalog.pools().isEmpty()) {
                Pool pool = catalog.pools()
                        .get((move.application() + move.number())
                                % catalog.pools().size());
                for (BigInteger ordinal = BigInteger.ZERO;
                        ordinal.compareTo(pool.addresses().size()) < 0;
                        ordinal = ordinal.add(BigInteger.TWO)) {
                    held.computeIfAbsent(pool.name(), name -> new TreeSet<>())
                            .add(pool.addresses().addressAt(ordinal));
                }
            }
        }

        private void plan(Move move) {
            Map<Family, List<String>> names = new HashMap<>();
            for (Subnet subnet : move.bothFamilies() ? SUBNETS : SUBNETS.subList(0, 1)) {
                names.put(subnet.family(), List.of(subnet.name()));
            }
            PoolSize size = new PoolSize(move.flexible(), move.number());
            SubnetSelection selection =
                    new SubnetSelection(List.of(new SubnetSelection.Item("eth0", names)), false, size, move.reclaim());
            Application application = application(move);
            SubnetPlan plan = PLANNER.plan(application, selection, catalog, inUse());
            assertEquals(
                    plan.steps(),
                    PLANNER.plan(application, selection, catalog, inUse()).steps(),
                    "the same inputs, the same plan");
            int wanted = move.number() * (move.flexible() ? 2 : 1);
            plan.steps().forEach(step -> verifySize(step, BigInteger.valueOf(wanted)));
            verifyDemand(application, selection);
            apply(plan);
        }

        /** A pool that a pod must create can be created. */
        private void verifyDemand(Application application, SubnetSelection selection) {
            selection.items().get(0).subnets().forEach((family, subnets) -> {
                SubnetDemand demand = new SubnetDemand(
                        Optional.of(application), "eth0", family, subnets, selection.size(), selection.reclaim());
                if (PLANNER.plan(demand, catalog, inUse()) instanceof SubnetAnswer.ToCreate create) {
                    PoolCatalog next = catalog.with(create.plan().pool());
                    assertEquals(
                            List.of(),
                            ChangePlan.between(catalog, next, inUse()).blockers());
                }
            });
        }

        private void verifySize(PoolStep step, BigInteger wanted) {
            if (step instanceof PoolStep.Create create) {
                AddressSet addresses = create.pool().addresses();
                int inUse =
                        held.getOrDefault(create.pool().name(), new TreeSet<>()).size();
                assertEquals(wanted.max(BigInteger.valueOf(inUse)), addresses.size());
            } else if (step instanceof PoolStep.Change change) {
                verifySize(change.after(), change.blockers(), wanted);
            } else if (step instanceof PoolStep.Keep keep) {
                verifySize(keep.pool(), keep.blockers(), wanted);
            } else if (step instanceof PoolStep.Refuse refuse
                    && refuse.problem().type() == ProblemType.DUPLICATE) {
                assertTrue(held.containsKey(refuse.problem().offending()), "an earlier life has addresses");
            } else if (step instanceof PoolStep.Refuse refuse) {
                assertEquals(wanted, refuse.wanted());
                assertTrue(refuse.free().compareTo(wanted) < 0, step.explain());
            }
        }

        /**
         * It is larger than requested only because of addresses in use, and then all of its
         * addresses are in use.
         */
        private static void verifySize(Pool pool, List<PoolStep.InUse> blockers, BigInteger wanted) {
            if (blockers.isEmpty()) {
                assertEquals(wanted, pool.addresses().size());
            } else {
                assertTrue(pool.addresses().size().compareTo(wanted) > 0);
                assertEquals(
                        BigInteger.valueOf(blockers.size()), pool.addresses().size());
            }
        }

        private void apply(SubnetPlan plan) {
            if (plan.isRefused()) {
                assertSame(catalog, plan.next());
            }
            ChangePlan change = ChangePlan.between(catalog, plan.next(), inUse());
            assertEquals(List.of(), change.blockers(), "a plan can be carried out");
            change.reattached().forEach(detached::remove);
            catalog = plan.next();
        }

        void verify() {
            held.values().removeIf(TreeSet::isEmpty);
            held.forEach((pool, addresses) -> addresses.forEach(address -> assertTrue(
                    catalog.pool(pool)
                            .orElseGet(() -> detached.get(pool))
                            .addresses()
                            .contains(address),
                    "lost " + address)));
            for (Subnet subnet : SUBNETS) {
                List<AddressSet> seen = new ArrayList<>();
                for (Pool pool : catalog.pools(subnet.family())) {
                    assertTrue(subnet.addresses().containsAll(pool.addresses()), "outside of the subnet");
                    seen.forEach(other -> assertFalse(other.overlaps(pool.addresses()), "two pools overlap"));
                    seen.add(pool.addresses());
                }
                SubnetUsage usage = SubnetCatalog.usage(subnet, catalog);
                BigInteger inPools = seen.stream().map(AddressSet::size).reduce(BigInteger.ZERO, BigInteger::add);
                assertEquals(inPools, usage.allocatedCount());
                assertEquals(
                        usage.total(),
                        usage.allocatedCount()
                                .add(usage.freeCount())
                                .add(usage.reserved().size()));
            }
        }
    }
}
