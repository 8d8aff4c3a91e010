package io.ipam.allocation;

import io.ipam.address.Address;
import io.ipam.address.Prefix;
import io.ipam.allocation.state.Occupancy;
import io.ipam.bitmap.Position;
import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The mutable state of a {@link RangeAllocator}: which units are taken, and which was taken last. Units are numbers here, as
 * {@link Units} has them.
 *
 * <p>Thread safety: none; the allocator's lock guards all of it.
 */
final class UnitLedger {
    private final Units units;
    private final SplittableRandom random;
    /** What a method works on: the unit it has taken, or the first unit of a block. */
    private final Position at = new Position();

    private final Position end = new Position();
    private final Position last = new Position();
    private boolean hasLast;
    private Occupancy occupancy;
    /** On top of the changes that the occupancy counts, so that versions grow over imports and restores. */
    private long versionBase;

    UnitLedger(Units units, long seed) {
        this.units = units;
        random = new SplittableRandom(seed);
        occupancy = Occupancy.of(units.numbers());
    }

    /** Takes a free unit; false when there is none. */
    boolean takeNext(AllocationOrder order) {
        boolean taken = switch (order) {
            case LOWEST -> occupancy.takeLowest(at);
            case NEXT -> takeAfterLast();
            case RANDOM -> occupancy.takeRandom(random.nextLong(), at);
            case HASH_OF_OWNER -> throw new IllegalArgumentException("HASH_OF_OWNER needs a key: use allocateFor");
        };
        return taken && remember(at);
    }

    private boolean takeAfterLast() {
        if (hasLast && (last.high() & last.low()) != -1) {
            at.set(last.high(), last.low());
            at.add(0, 1);
            if (occupancy.nextFree(at.high(), at.low(), at)) {
                return occupancy.take(at.high(), at.low());
            }
        }
        return occupancy.takeLowest(at);
    }

    boolean takeByKey(long key) {
        return occupancy.freeByKey(key, at) && occupancy.take(at.high(), at.low()) && remember(at);
    }

    private boolean remember(Position unit) {
        last.set(unit.high(), unit.low());
        hasLast = true;
        return true;
    }

    /** The first address of the unit or block taken. */
    Address taken() {
        return units.first(at);
    }

    boolean tell(AddressCursor out) {
        units.toFirst(at);
        out.set(at.high(), at.low());
        return true;
    }

    /** Takes n free units, or none: only the caller of this class changes the count. */
    @Nullable
    List<Address> takeAll(int n, AllocationOrder order) {
        if (occupancy.freeCount() < n) {
            return null;
        }
        List<Address> taken = new ArrayList<>(n);
        while (taken.size() < n && takeNext(order)) {
            taken.add(taken());
        }
        return List.copyOf(taken);
    }

    TakeOutcome take(long high, long low) {
        units.number(high, low, at);
        if (occupancy.take(at.high(), at.low())) {
            remember(at);
            return TakeOutcome.ALLOCATED;
        }
        return occupancy.contains(at.high(), at.low()) ? TakeOutcome.TAKEN : TakeOutcome.OUTSIDE;
    }

    ReleaseOutcome release(long high, long low) {
        units.number(high, low, at);
        if (occupancy.release(at.high(), at.low())) {
            return ReleaseOutcome.RELEASED;
        }
        return occupancy.contains(at.high(), at.low()) ? ReleaseOutcome.NOT_ALLOCATED : ReleaseOutcome.OUTSIDE;
    }

    boolean isTaken(long high, long low) {
        units.number(high, low, at);
        return occupancy.isTaken(at.high(), at.low());
    }

    /** Takes the first free block; false when there is none. */
    boolean takeBlock(int prefixLength) {
        if (!occupancy.nextFreeBlock(units.length() - prefixLength, at)) {
            return false;
        }
        units.lastOfBlock(at, prefixLength, end);
        return occupancy.takeRun(at.high(), at.low(), end.high(), end.low()) && remember(end);
    }

    TakeOutcome take(Prefix block) {
        seek(block);
        if (occupancy.takeRun(at.high(), at.low(), end.high(), end.low())) {
            remember(end);
            return TakeOutcome.ALLOCATED;
        }
        return occupancy.containsRun(at.high(), at.low(), end.high(), end.low())
                ? TakeOutcome.TAKEN
                : TakeOutcome.OUTSIDE;
    }

    ReleaseOutcome release(Prefix block) {
        seek(block);
        if (occupancy.releaseRun(at.high(), at.low(), end.high(), end.low())) {
            return ReleaseOutcome.RELEASED;
        }
        if (!occupancy.containsRun(at.high(), at.low(), end.high(), end.low())) {
            return ReleaseOutcome.OUTSIDE;
        }
        return occupancy.isRunFree(at.high(), at.low(), end.high(), end.low())
                ? ReleaseOutcome.NOT_ALLOCATED
                : ReleaseOutcome.PARTLY_ALLOCATED;
    }

    private void seek(Prefix block) {
        units.number(block.base().high(), block.base().low(), at);
        units.lastOfBlock(at, block.length(), end);
    }

    boolean isFull() {
        return occupancy.isFull();
    }

    BigInteger count() {
        return AllocatorSnapshot.allocated(occupancy, units);
    }

    AllocatorSnapshot snapshot() {
        return new AllocatorSnapshot(units, occupancy.copy());
    }

    void restore(AllocatorSnapshot snapshot) {
        if (!units.isSame(snapshot.units())) {
            Problem problem = Problem.of(
                    ProblemType.INVALID,
                    "",
                    snapshot.units().toString(),
                    "a snapshot is restored to an allocator of the same units, here " + units);
            throw new InvalidStateException("snapshot of an allocator", List.of(problem));
        }
        versionBase += changes() + 1;
        occupancy = snapshot.occupancy().copy();
    }

    List<AllocationBlock> exportBlocks() {
        return new BlockExchange(units, occupancy).export(versionBase);
    }

    void importBlocks(Collection<AllocationBlock> blocks) {
        BlockExchange exchange = new BlockExchange(units, occupancy);
        List<Problem> problems = exchange.problems(blocks);
        if (!problems.isEmpty()) {
            throw new InvalidStateException("blocks of an allocator", problems);
        }
        for (AllocationBlock block : blocks) {
            versionBase = Math.max(versionBase, block.version());
        }
        exchange.apply(blocks);
    }

    private long changes() {
        return occupancy.changes(0, 0, -1, -1);
    }

    void verify() {
        occupancy.verify();
    }
}
