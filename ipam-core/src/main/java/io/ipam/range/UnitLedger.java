package io.ipam.range;

import io.ipam.address.Address;
import io.ipam.address.Prefix;
import io.ipam.allocation.AllocationOrder;
import io.ipam.allocation.InvalidStateException;
import io.ipam.number.Hashes;
import io.ipam.number.Position;
import io.ipam.occupancy.Occupancy;
import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The mutable state of a {@link UnitAllocator}: the taken units, the last taken unit, and the
 * allocators of taken units. Units are numbers here, as in {@link Units}.
 *
 * <p>A closed ledger has no units. It is never opened again.
 *
 * <p>Thread safety: guarded by itself; the allocator synchronizes on it.
 */
final class UnitLedger {
    private final AllocationOrder order;
    private final long seed;
    private final SplittableRandom random;
    private final UnitContents contents;
    /** The result of the current method: the unit taken, or the first unit of a block. */
    private final Position at = new Position();

    private final Position end = new Position();
    private boolean hasLast;
    private long lastHigh;
    private long lastLow;
    private Units units;
    private Occupancy occupancy;

    UnitLedger(Units units, AllocationOrder order, long seed, UnitContents contents) {
        if (order == AllocationOrder.HASH_OF_OWNER) {
            throw new IllegalArgumentException("order must not be HASH_OF_OWNER, which needs a key: use allocateFor");
        }
        this.units = units;
        this.order = order;
        this.seed = seed;
        this.contents = contents;
        random = new SplittableRandom(seed);
        occupancy = Occupancy.of(units.numbers());
    }

    /** Takes a free unit; returns false if there is none. */
    boolean takeNext() {
        boolean isTaken = switch (order) {
            case NEXT -> takeAfterLast();
            case RANDOM -> occupancy.takeRandom(random.nextLong(), at);
            case LOWEST, HASH_OF_OWNER -> occupancy.takeLowest(at);
        };
        return isTaken && remember(at);
    }

    private boolean takeAfterLast() {
        if (hasLast && (lastHigh & lastLow) != -1) {
            at.set(lastHigh, lastLow);
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
        lastHigh = unit.high();
        lastLow = unit.low();
        hasLast = true;
        return true;
    }

    /** The first address of the taken unit or block. */
    Address taken() {
        return units.first(at);
    }

    /** Writes {@link #taken}; always true. */
    boolean writeTaken(AddressCursor out) {
        units.toFirst(at);
        out.set(at.high(), at.low());
        return true;
    }

    boolean hasFree(int n) {
        return occupancy.freeCount() >= n;
    }

    /** Takes n units, which must be free, and returns their first addresses. */
    List<Address> takeSeveral(int n) {
        List<Address> firsts = new ArrayList<>(n);
        while (firsts.size() < n && takeNext()) {
            firsts.add(taken());
        }
        return List.copyOf(firsts);
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

    /** Takes the first free block; returns false if there is none. */
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
            contents.closeWithin(block);
            return ReleaseOutcome.RELEASED;
        }
        if (!occupancy.containsRun(at.high(), at.low(), end.high(), end.low())) {
            return ReleaseOutcome.OUTSIDE;
        }
        return occupancy.isRunFree(at.high(), at.low(), end.high(), end.low())
                ? ReleaseOutcome.NOT_ALLOCATED
                : ReleaseOutcome.PARTLY_ALLOCATED;
    }

    /**
     * Takes or releases the units of the set within a block, and returns the number of units that
     * changed.
     */
    BigInteger mark(Prefix block, boolean allocated) {
        BigInteger before = count();
        seek(block);
        if (allocated) {
            occupancy.takeAll(at.high(), at.low(), end.high(), end.low());
        } else {
            occupancy.releaseAll(at.high(), at.low(), end.high(), end.low());
            contents.closeWithin(block);
        }
        return count().subtract(before).abs();
    }

    private void seek(Prefix block) {
        units.number(block.base().high(), block.base().low(), at);
        units.lastOfBlock(at, block.length(), end);
    }

    /** Releases a unit whose allocator has no allocations. */
    ReleaseOutcome releaseIfEmpty(Prefix unit) {
        return contents.closeIfEmpty(unit.base()) ? release(unit) : ReleaseOutcome.NOT_EMPTY;
    }

    AllocationOrder order() {
        return order;
    }

    /** The seed of the allocator of a unit, which does not depend on the units opened before. */
    long seedOf(Prefix unit) {
        return Hashes.ofNumber(unit.base().high(), unit.base().low(), seed);
    }

    boolean isEmpty() {
        return occupancy.isEmpty();
    }

    /** Removes all units of this ledger and of the allocators of its units. */
    void close() {
        contents.closeAll();
        units = units.none();
        occupancy = Occupancy.of(units.numbers());
        hasLast = false;
    }

    boolean isFull() {
        return occupancy.isFull();
    }

    BigInteger total() {
        return units.numbers().size();
    }

    BigInteger count() {
        return AllocatorSnapshot.allocated(occupancy, units);
    }

    AllocatorSnapshot snapshot() {
        at.set(lastHigh, lastLow);
        Optional<Address> last = hasLast ? Optional.of(units.first(at)) : Optional.empty();
        return new AllocatorSnapshot(units, occupancy.copy(), last);
    }

    void restore(AllocatorSnapshot snapshot) {
        if (!units.isSame(snapshot.units())) {
            Problem problem = Problem.of(
                    ProblemType.INVALID,
                    "",
                    snapshot.units().toString(),
                    "a snapshot must be restored to an allocator of the same units, here " + units);
            throw new InvalidStateException("snapshot of an allocator", List.of(problem));
        }
        occupancy = snapshot.occupancy().copy();
        hasLast = false;
        snapshot.lastAllocated().ifPresent(first -> {
            units.number(first.high(), first.low(), at);
            remember(at);
        });
        contents.closeUnless(first -> isTaken(first.high(), first.low()));
    }

    void verify() {
        occupancy.verify();
        contents.verify(first -> isTaken(first.high(), first.low()));
    }
}
