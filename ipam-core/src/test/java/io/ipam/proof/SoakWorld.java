package io.ipam.proof;

import static io.ipam.fixture.Pools.disabled;

import io.ipam.Ipam;
import io.ipam.IpamSettings;
import io.ipam.address.Address;
import io.ipam.address.Family;
import io.ipam.fixture.Pools;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.resolution.InterfaceRequest;
import io.ipam.resolution.PoolNames;
import io.ipam.resolution.PoolSelections;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The shared state of a soak test: an engine with 50 pools of 40 addresses, a clock, the live
 * owners, and all holders. Thread safety: safe.
 */
final class SoakWorld {
    static final int POOLS = 50;
    static final int ADDRESSES = 40;
    private static final int SELECTIONS = 500;

    private final AtomicLong clock = new AtomicLong(1_000_000);
    final Ipam ipam;
    /** The pools of requests: one to three pools in any order. */
    final List<PoolSelections> ofOne = new ArrayList<>();

    final List<PoolSelections> ofTwo = new ArrayList<>();
    /** The owners that are alive, by slot. */
    final AtomicReferenceArray<Owner> alive;
    /** By pool and address the slot + 1 of the holder. */
    private final AtomicIntegerArray claims = new AtomicIntegerArray(POOLS * ADDRESSES);

    final AtomicBoolean stop = new AtomicBoolean();

    SoakWorld(int slots) {
        List<Pool> pools = new ArrayList<>();
        for (int i = 0; i < POOLS; i++) {
            pools.add(pool(i, ADDRESSES, false));
        }
        ipam = Ipam.of(
                PoolCatalog.of(pools, List.of()),
                IpamSettings.defaults()
                        .withClock(() -> Instant.ofEpochMilli(clock.get()))
                        .withCoolDown(Duration.ofMillis(20))
                        .withReconcileGrace(Duration.ofMillis(1)));
        alive = new AtomicReferenceArray<>(slots);
        Random random = new Random(7);
        for (int i = 0; i < SELECTIONS; i++) {
            PoolSelections some = some(random);
            ofOne.add(some);
            ofTwo.add(some.withInterfaces(List.of(InterfaceRequest.of("eth0"), InterfaceRequest.of("net1"))));
        }
    }

    private static PoolSelections some(Random random) {
        String[] names = random.ints(0, POOLS)
                .distinct()
                .limit(1 + random.nextInt(3))
                .mapToObj(SoakWorld::name)
                .toArray(String[]::new);
        return PoolSelections.none().withPod(PoolNames.of(Family.ofNumber(4).orElseThrow(), names));
    }

    static String name(int pool) {
        return "pool-" + pool;
    }

    /** The addresses 10.number.0.0 to 10.number.0.(last - 1). */
    static Pool pool(int number, int last, boolean disabled) {
        String base = "10." + number + ".0.";
        Pool pool = Pools.pool(name(number), base + "0/24", base + "0-" + base + (last - 1));
        return disabled ? disabled(pool) : pool;
    }

    static Address address(int pool, int number) {
        return Address.parse("10." + pool + ".0." + number);
    }

    static int poolOf(Address address) {
        return (int) (address.low() >> 16) & 255;
    }

    void pushClock() {
        clock.incrementAndGet();
    }

    /** Records that an address was granted to a slot; throws if another slot has it, too. */
    void claim(Address address, int slot) {
        int before = claims.compareAndExchange(index(address), 0, slot + 1);
        check(before == 0, () -> address + " is granted to slot " + slot + ", and slot " + (before - 1) + " holds it");
    }

    /** Must be called before the release. */
    void disclaim(Address address, int slot) {
        int before = claims.compareAndExchange(index(address), slot + 1, 0);
        check(before == slot + 1, () -> address + " was claimed by slot " + slot + ", and is by " + (before - 1));
    }

    int claimCount() {
        int count = 0;
        for (int i = 0; i < claims.length(); i++) {
            count += claims.get(i) == 0 ? 0 : 1;
        }
        return count;
    }

    List<Owner> livingOwners() {
        List<Owner> owners = new ArrayList<>();
        for (int i = 0; i < alive.length(); i++) {
            owners.add(alive.get(i));
        }
        return owners;
    }

    private static int index(Address address) {
        return poolOf(address) * ADDRESSES + ((int) address.low() & 255);
    }

    static void check(boolean holds, java.util.function.Supplier<String> otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise.get());
        }
    }
}
