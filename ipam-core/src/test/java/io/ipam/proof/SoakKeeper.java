package io.ipam.proof;

import static io.ipam.proof.SoakWorld.check;

import io.ipam.Ipam;
import io.ipam.allocation.Observation;
import io.ipam.allocation.PoolSnapshot;
import io.ipam.allocation.ReconcileMode;
import io.ipam.allocation.ReconcileReport;
import io.ipam.owner.Owner;
import io.ipam.pool.PoolCatalog;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The occasional operations of a soak test: catalog updates, reconciliation, exports, verification.
 * Runs in one thread at a time.
 */
final class SoakKeeper {
    private final SoakWorld world;
    private final Ipam ipam;
    private final SplittableRandom random;
    private long updates;
    private long reconciled;

    SoakKeeper(SoakWorld world, long seed) {
        this.world = world;
        this.ipam = world.ipam;
        this.random = new SplittableRandom(seed);
    }

    long updates() {
        return updates;
    }

    long reconciled() {
        return reconciled;
    }

    /**
     * Removes, disables, shrinks, or restores a pool. Only the thread that changes the catalog
     * knows which pools are closed.
     */
    void changeCatalog(SoakThread thread) {
        int pool = random.nextInt(SoakWorld.POOLS);
        switch (random.nextInt(5)) {
            case 0 -> {
                update(ipam.catalog().without(SoakWorld.name(pool)));
                thread.close(pool);
            }
            case 1 -> {
                if (update(ipam.catalog().with(SoakWorld.pool(pool, SoakWorld.ADDRESSES, true)))) {
                    thread.close(pool);
                }
            }
            case 2 -> {
                thread.open(pool);
                update(ipam.catalog().with(SoakWorld.pool(pool, SoakWorld.ADDRESSES - 5, false)));
            }
            default -> {
                thread.open(pool);
                update(ipam.catalog().with(SoakWorld.pool(pool, SoakWorld.ADDRESSES, false)));
            }
        }
    }

    private boolean update(PoolCatalog next) {
        boolean done = ipam.updateByForce(ipam.catalog(), next).isUpdated();
        updates += done ? 1 : 0;
        return done;
    }

    /** Every pool in its initial state. */
    void reopen() {
        PoolCatalog next = ipam.catalog();
        for (int i = 0; i < SoakWorld.POOLS; i++) {
            next = next.with(SoakWorld.pool(i, SoakWorld.ADDRESSES, false));
        }
        check(update(next), () -> "blocked");
    }

    /** Frees the addresses of dead owners, and never those of live ones. */
    void reconcile() {
        world.pushClock();
        Observation observation = ipam.observe();
        List<Owner> living = world.livingOwners();
        ReconcileReport report = ipam.reconcile(observation, living, ReconcileMode.FREE);
        reconciled += report.released().size();
        Set<String> identities = new HashSet<>();
        world.livingOwners().forEach(owner -> identities.add(identity(owner)));
        report.released()
                .forEach(orphan -> check(!identities.contains(identity(orphan.owner())), () -> "freed " + orphan));
    }

    private static String identity(Owner owner) {
        return owner.stateful() ? owner.name() : owner.uid();
    }

    /**
     * In one cut, an owner that requests two addresses has both or none. Owners that die in between
     * are ignored.
     */
    void export() {
        List<Owner> before = world.livingOwners();
        Map<String, Integer> counts = new HashMap<>();
        for (PoolSnapshot pool : ipam.state().export().pools()) {
            pool.held().forEach(held -> counts.merge(identity(held.owner()), 1, Integer::sum));
        }
        List<Owner> after = world.livingOwners();
        for (int i = 0; i < before.size(); i++) {
            String identity = identity(before.get(i));
            int count = counts.getOrDefault(identity, 0);
            boolean isLate = !identity.equals(identity(after.get(i)));
            int all = SoakThread.asksForTwo(i) ? 2 : 1;
            check(isLate || count == 0 || count == all, () -> identity + " has " + count + " of " + all);
        }
    }

    void verify() {
        List<String> broken = ipam.state().verify();
        check(broken.isEmpty(), broken::toString);
    }
}
