package io.ipam.proof;

import static io.ipam.proof.SoakWorld.check;

import io.ipam.AllocationResult;
import io.ipam.Ipam;
import io.ipam.address.Address;
import io.ipam.allocation.Allocation;
import io.ipam.allocation.HandOverResult;
import io.ipam.allocation.PoolUsage;
import io.ipam.allocation.RefusalReason;
import io.ipam.allocation.ReleaseResult;
import io.ipam.owner.Owner;
import io.ipam.resolution.PoolSelections;
import io.ipam.resolution.Workload;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * One thread of a soak test. It has its own owners, so it knows what each of them holds, and fails
 * if a result differs. Every third owner requests two interfaces, every fifth is stateful. Thread
 * safety: none, except for the world.
 */
final class SoakThread {
    private final SoakWorld world;
    private final Ipam ipam;
    private final int firstSlot;
    private final SplittableRandom random;
    private final Workload[] workloads;
    private final List<List<Allocation>> held;
    private final Set<Integer> closedPools = new HashSet<>();
    private long births;
    private long granted;
    private long refused;

    SoakThread(SoakWorld world, int firstSlot, int slots, long seed) {
        this.world = world;
        this.ipam = world.ipam;
        this.firstSlot = firstSlot;
        this.random = new SplittableRandom(seed);
        workloads = new Workload[slots];
        held = new ArrayList<>(Collections.nCopies(slots, List.of()));
        for (int i = 0; i < slots; i++) {
            bear(i);
        }
    }

    long granted() {
        return granted;
    }

    long refused() {
        return refused;
    }

    /** Replaces an owner with another one; reconciliation releases its addresses. */
    private void bear(int i) {
        held.get(i).forEach(allocation -> world.disclaim(allocation.address(), firstSlot + i));
        held.set(i, List.of());
        String uid = "uid-" + (firstSlot + i) + "-" + births++;
        String name = isStateful(i) ? uid : "pod-" + (firstSlot + i);
        become(i, new Owner(isStateful(i), "soak", name, uid));
    }

    private void become(int i, Owner owner) {
        workloads[i] = Workload.of(owner);
        world.alive.set(firstSlot + i, owner);
    }

    private static boolean isStateful(int i) {
        return i % 5 == 0;
    }

    static boolean asksForTwo(int i) {
        return i % 3 == 0;
    }

    /** One operation. */
    void step() {
        int i = random.nextInt(workloads.length);
        switch (random.nextInt(20)) {
            case 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 -> ask(i);
            case 10 -> given(i);
            case 11 -> renew(i);
            case 12, 13, 14, 15 -> release(i);
            case 16 -> releaseInterface(i);
            case 17 -> releaseAddress(i);
            case 18 -> look();
            default -> rarely(i);
        }
    }

    private void rarely(int i) {
        if (random.nextInt(10) == 0) {
            bear(i);
        } else {
            world.pushClock();
        }
        ask(i);
    }

    private PoolSelections any(int i) {
        List<PoolSelections> all = asksForTwo(i) ? world.ofTwo : world.ofOne;
        return all.get(random.nextInt(all.size()));
    }

    private void ask(int i) {
        take(i, ipam.allocate(workloads[i], any(i)));
    }

    private void take(int i, AllocationResult result) {
        if (result instanceof AllocationResult.Refused no) {
            refused++;
            check(held.get(i).size() < (asksForTwo(i) ? 2 : 1), () -> held.get(i) + " refused: " + no.message());
            boolean isTrue = no.reason() != RefusalReason.EXHAUSTED
                    || asksForTwo(i)
                    || no.candidates().stream().allMatch(PoolUsage::isExhausted);
            check(isTrue, () -> "a false exhausted: " + no.message());
            return;
        }
        List<Allocation> before = held.get(i);
        List<Allocation> now = result.orElseThrow();
        check(now.size() == (asksForTwo(i) ? 2 : 1), () -> "a part: " + now);
        for (Allocation allocation : before) {
            check(now.contains(allocation), () -> allocation + " is held, answered " + now);
        }
        for (Allocation allocation : now) {
            if (!before.contains(allocation)) {
                granted++;
                int pool = SoakWorld.poolOf(allocation.address());
                check(!closedPools.contains(pool), () -> allocation + " of a pool that gives nothing");
                world.claim(allocation.address(), firstSlot + i);
            }
        }
        held.set(i, now);
    }

    private void given(int i) {
        var address = SoakWorld.address(random.nextInt(SoakWorld.POOLS), random.nextInt(SoakWorld.ADDRESSES));
        PoolSelections selections = any(i).withGiven(List.of(new PoolSelections.GivenAddress("eth0", address)));
        if (isStateful(i)) {
            move(i, address, selections);
            return;
        }
        AllocationResult result = ipam.allocate(workloads[i], selections);
        if (result instanceof AllocationResult.Refused) {
            refused++;
        } else {
            take(i, result);
            check(held.get(i).get(0).address().equals(address), () -> address + " given, got " + held.get(i));
        }
    }

    /**
     * A stateful owner exchanges its address of eth0 for the given one, or keeps everything. During
     * the move another owner may get the old address.
     */
    private void move(int i, Address address, PoolSelections selections) {
        List<Allocation> before = held.get(i);
        forget(i, before);
        AllocationResult result = ipam.allocate(workloads[i], selections);
        List<Allocation> now = result.isAllocated() ? result.orElseThrow() : before;
        now.forEach(allocation -> world.claim(allocation.address(), firstSlot + i));
        held.set(i, now);
        refused += result.isAllocated() ? 0 : 1;
        check(!result.isAllocated() || now.get(0).address().equals(address), () -> address + " given, got " + now);
        check(before.size() <= now.size(), () -> before + " became " + now);
    }

    /** Hands all addresses over to another uid, which keeps them and gets new tokens. */
    private void handOver(int i) {
        Owner was = workloads[i].owner();
        String uid = "uid-" + (firstSlot + i) + "-" + births++;
        List<Allocation> before = held.get(i);
        HandOverResult result = ipam.handOver(was, was.uid(), uid, before.get(0).generation());
        become(i, Owner.stateful(was.namespace(), was.name(), uid));
        check(result.isHandedOver(), () -> before + " answered " + result);
        List<Allocation> now = ipam.allocate(workloads[i], any(i)).orElseThrow();
        check(addresses(now).equals(addresses(before)), () -> before + " became " + now);
        Set<Long> tokens = new HashSet<>();
        before.forEach(allocation -> tokens.add(allocation.generation()));
        now.forEach(allocation -> check(tokens.add(allocation.generation()), () -> before + " not renewed: " + now));
        held.set(i, now);
    }

    private static List<Address> addresses(List<Allocation> allocations) {
        return allocations.stream().map(Allocation::address).toList();
    }

    /**
     * A stateful owner returns under another uid: it keeps the addresses of named pools, or changes
     * all of them.
     */
    private void renew(int i) {
        if (!isStateful(i) || held.get(i).isEmpty()) {
            ask(i);
            return;
        }
        if (random.nextInt(4) == 0) {
            handOver(i);
            return;
        }
        Owner was = workloads[i].owner();
        become(i, Owner.stateful(was.namespace(), was.name(), "uid-" + (firstSlot + i) + "-" + births++));
        List<Allocation> before = held.get(i);
        forget(i, before);
        AllocationResult result = ipam.allocate(workloads[i], any(i));
        if (result instanceof AllocationResult.Refused) {
            become(i, was);
            before.forEach(allocation -> world.claim(allocation.address(), firstSlot + i));
            held.set(i, before);
            return;
        }
        List<Allocation> now = result.orElseThrow();
        Set<Long> tokens = new HashSet<>();
        before.forEach(allocation -> tokens.add(allocation.generation()));
        now.forEach(allocation -> check(tokens.add(allocation.generation()), () -> before + " not renewed: " + now));
        now.forEach(allocation -> world.claim(allocation.address(), firstSlot + i));
        held.set(i, now);
    }

    private void release(int i) {
        List<Allocation> before = held.get(i);
        forget(i, before);
        List<ReleaseResult> results = ipam.release(workloads[i].owner());
        if (before.isEmpty()) {
            check(results.equals(List.of(new ReleaseResult.NotAllocated())), () -> "nothing held: " + results);
        } else {
            check(
                    results.size() == before.size() && results.stream().allMatch(ReleaseResult::isReleased),
                    () -> before + " answered " + results);
        }
    }

    private void forget(int i, List<Allocation> gone) {
        gone.forEach(allocation -> world.disclaim(allocation.address(), firstSlot + i));
        held.set(
                i,
                held.get(i).stream()
                        .filter(allocation -> !gone.contains(allocation))
                        .toList());
    }

    private void releaseInterface(int i) {
        if (asksForTwo(i)) {
            release(i); // so that no export contains an owner with one of two addresses
            return;
        }
        int expected = held.get(i).size();
        forget(i, held.get(i));
        List<ReleaseResult> results = ipam.release(workloads[i].owner(), "eth0");
        check(
                results.stream().filter(ReleaseResult::isReleased).count() == expected,
                () -> expected + " held, answered " + results);
    }

    /** A late release first, under an unassigned token, then the valid one. */
    private void releaseAddress(int i) {
        if (held.get(i).isEmpty() || asksForTwo(i)) {
            ask(i);
            return;
        }
        Allocation allocation = held.get(i).get(0);
        Owner owner = workloads[i].owner();
        ReleaseResult late = ipam.release(owner, allocation.address(), allocation.generation() + 1_000_000_000_000L);
        check(late instanceof ReleaseResult.HeldByAnother, () -> "a late release: " + late);
        forget(i, List.of(allocation));
        ReleaseResult result = ipam.release(owner, allocation.address(), allocation.generation());
        check(result.isReleased(), () -> allocation + " answered " + result);
    }

    /** PoolUsage itself checks that the counts add up. */
    private void look() {
        ipam.usage(SoakWorld.name(random.nextInt(SoakWorld.POOLS)));
    }

    /** Releases everything, and checks that the engine reports the same. */
    void end() {
        for (int i = 0; i < workloads.length; i++) {
            release(i);
        }
    }

    /**
     * Records that a pool allocates nothing from now on, because this thread has changed the
     * catalog.
     */
    void close(int pool) {
        closedPools.add(pool);
    }

    /** Records that a pool may allocate addresses from now on. */
    void open(int pool) {
        closedPools.remove(pool);
    }
}
