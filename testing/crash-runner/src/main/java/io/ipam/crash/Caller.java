package io.ipam.crash;

import io.ipam.AllocationResult;
import io.ipam.Ipam;
import io.ipam.allocation.Allocation;
import io.ipam.allocation.ReleaseResult;
import io.ipam.allocation.UpdateResult;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.resolution.PoolNames;
import io.ipam.resolution.PoolSelections;
import io.ipam.resolution.Workload;
import io.ipam.store.CorruptStoreException;
import io.ipam.store.OutcomeUnknownException;
import io.ipam.store.StoreUnavailableException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A thread that allocates, releases, and updates at random, with its own owners and its own pool.
 * So the order of the questions about an owner is the order in the log of its caller.
 */
final class Caller implements Runnable {
    static final String NAMESPACE = "crash";

    private static final int OWNERS = 12;
    private static final List<Pool> SHARED = List.of(
            Pool.builder("shared-v4", "10.6.0.0/16").ips("10.6.1.0-10.6.1.79").build(),
            Pool.builder("shared-v6", "2001:db8:6::/64")
                    .ips("2001:db8:6::100-2001:db8:6::14f")
                    .build());
    private static final PoolSelections BOTH = PoolSelections.none()
            .withPod(new PoolNames(
                    SHARED.stream().collect(Collectors.toMap(Pool::family, pool -> List.of(pool.name())))));

    private final Ipam ipam;
    private final String name;
    private final int index;
    private final CallLog log;
    private final Random random;
    private final Map<Owner, List<Allocation>> held = new HashMap<>();
    private volatile boolean isStopped;

    /** Makes a caller; its index is unique among all callers of the realm. */
    Caller(Ipam ipam, String name, int index, CallLog log, long seed) {
        this.ipam = ipam;
        this.name = name;
        this.index = index;
        this.log = log;
        random = new Random(seed);
    }

    /** The catalog of a realm before the first call. */
    static PoolCatalog catalog() {
        return PoolCatalog.of(SHARED.toArray(Pool[]::new));
    }

    void stop() {
        isStopped = true;
    }

    @Override
    public void run() {
        while (!isStopped) {
            int kind = random.nextInt(100);
            Owner owner = owner(random.nextInt(OWNERS));
            if (kind < 50) {
                call(() -> allocate(owner), "allocate", owner.name());
            } else if (kind < 80) {
                call(() -> released(ipam.release(owner)), "release", owner.name());
                held.remove(owner);
            } else if (kind < 94) {
                releaseOne(owner);
            } else {
                update();
            }
        }
    }

    private Owner owner(int number) {
        String own = name + "-" + number;
        return Owner.stateless(NAMESPACE, own, own);
    }

    /** Writes the question, calls, and writes the answer. */
    private void call(Supplier<String> body, String... question) {
        log.write(CallLog.QUESTION, question);
        log.write(CallLog.ANSWER, answer(body));
    }

    private String answer(Supplier<String> body) {
        try {
            return body.get();
        } catch (OutcomeUnknownException e) {
            return "unknown\t" + e.getMessage();
        } catch (StoreUnavailableException e) {
            return "unavailable\t" + e.getMessage();
        } catch (CorruptStoreException e) {
            isStopped = true;
            return "corrupt\t" + e.getMessage();
        } catch (RuntimeException e) {
            isStopped = true;
            return "failed\t" + e;
        }
    }

    private String allocate(Owner owner) {
        AllocationResult result = ipam.allocate(Workload.of(owner), BOTH);
        if (result instanceof AllocationResult.Allocated allocated) {
            held.put(owner, allocated.allocations());
            return "granted\t"
                    + allocated.allocations().stream()
                            .map(one -> one.address() + "=" + one.generation())
                            .collect(Collectors.joining(","));
        }
        return "refused\t" + ((AllocationResult.Refused) result).reason();
    }

    private static String released(List<ReleaseResult> results) {
        return "released\t"
                + results.stream()
                        .filter(ReleaseResult.Released.class::isInstance)
                        .map(ReleaseResult.Released.class::cast)
                        .map(one -> one.address() + "=" + one.generation())
                        .collect(Collectors.joining(","));
    }

    private void releaseOne(Owner owner) {
        List<Allocation> own = held.remove(owner);
        if (own == null) {
            return;
        }
        Allocation one = own.get(random.nextInt(own.size()));
        call(
                () -> released(List.of(ipam.release(owner, one.address(), one.generation()))),
                "release",
                owner.name(),
                one.address() + "=" + one.generation());
    }

    /** Adds the pool of this caller, or removes it. */
    private void update() {
        PoolCatalog now = ipam.catalog();
        String pool = "own-" + name;
        boolean isPresent = now.pool(pool).isPresent();
        PoolCatalog next = isPresent
                ? now.without(pool)
                : now.with(Pool.builder(pool, "10.9." + index + ".0/24")
                        .ips("10.9." + index + ".9")
                        .build());
        call(() -> updated(ipam.update(now, next)), isPresent ? "drop" : "put", pool);
    }

    private static String updated(UpdateResult result) {
        return result.isUpdated() ? "updated" : "refused\t" + result.getClass().getSimpleName();
    }
}
