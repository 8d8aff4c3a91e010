package io.ipam.allocation;

import io.ipam.address.Address;
import io.ipam.allocation.state.Occupancy;
import io.ipam.bitmap.Position;
import io.ipam.bitmap.SetRuns;
import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * State of a {@link RangeAllocator} out and in, by blocks of 256 units.
 *
 * <p>Thread safety: none; the allocator's lock guards the occupancy.
 */
final class BlockExchange {
    /** The most blocks that are exported: 2^30 units. */
    private static final int MOST_BLOCKS = 1 << 22;

    /** The highest version that is taken in, so that those of later exports have room above it. */
    private static final long MOST_VERSION = 1L << 62;

    private static final int LAST_UNIT = AllocationBlock.UNITS - 1;

    private final Units units;
    private final Occupancy occupancy;

    BlockExchange(Units units, Occupancy occupancy) {
        this.units = units;
        this.occupancy = occupancy;
    }

    /** All blocks in which a unit is allocated, ascending; a version is the number of changes of its block on top of a base. */
    List<AllocationBlock> export(long versionBase) {
        List<AllocationBlock> blocks = new ArrayList<>();
        SetRuns runs = occupancy.takenRuns();
        Position first = new Position();
        Position last = new Position();
        Position at = new Position();
        long[] words = new long[4];
        while (runs.next(first, last)) {
            do {
                if (!isInBlock(at, first) && (words[0] | words[1] | words[2] | words[3]) != 0) {
                    blocks.add(take(at, words, versionBase));
                    requireFew(blocks.size());
                }
                at.set(first.high(), first.low() & ~LAST_UNIT);
                int from = (int) first.low() & LAST_UNIT;
                int to = isInBlock(at, last) ? (int) last.low() & LAST_UNIT : LAST_UNIT;
                fill(words, from, to);
                first.set(at.high(), at.low());
                first.add(0, AllocationBlock.UNITS);
            } while (!isInBlock(at, last));
        }
        if ((words[0] | words[1] | words[2] | words[3]) != 0) {
            blocks.add(take(at, words, versionBase));
        }
        return List.copyOf(blocks);
    }

    private static void requireFew(int blocks) {
        if (blocks > MOST_BLOCKS) {
            throw new IllegalStateException("more than " + MOST_BLOCKS
                    + " blocks are allocated, too many to export; a snapshot holds any number");
        }
    }

    private static boolean isInBlock(Position first, Position number) {
        return number.high() == first.high() && (number.low() & ~LAST_UNIT) == first.low();
    }

    private static void fill(long[] words, int from, int to) {
        for (int i = from; i <= to; i++) {
            words[i >> 6] |= 1L << i;
        }
    }

    private AllocationBlock take(Position first, long[] words, long versionBase) {
        long changes = occupancy.changes(first.high(), first.low(), first.high(), first.low() | LAST_UNIT);
        AllocationBlock block = new AllocationBlock(
                units.first(first), units.length(), versionBase + changes, words[0], words[1], words[2], words[3]);
        Arrays.fill(words, 0);
        return block;
    }

    /** Everything that is wrong with blocks from outside. */
    List<Problem> problems(Collection<AllocationBlock> blocks) {
        List<Problem> problems = new ArrayList<>();
        Set<Address> firsts = new HashSet<>();
        int index = 0;
        for (AllocationBlock block : blocks) {
            Problem problem = problem(block);
            if (problem == null && !firsts.add(block.first())) {
                problem = problem(ProblemType.DUPLICATE, block.first(), "a block is given once");
            }
            if (problem != null) {
                problems.add(problem.withWhere("[" + index + "]"));
            }
            index++;
        }
        return problems;
    }

    private static Problem problem(ProblemType type, Object offending, String rule) {
        return Problem.of(type, "", offending.toString(), rule);
    }

    private @Nullable Problem problem(AllocationBlock block) {
        Address first = block.first();
        if (first.family() != units.family()) {
            return problem(
                    ProblemType.INVALID, first, "a block has " + units.family().label() + " addresses here");
        }
        if (block.unitLength() != units.length()) {
            return problem(
                    ProblemType.INVALID,
                    "/" + block.unitLength(),
                    "units have the prefix length " + units.length() + " here");
        }
        Position number = new Position();
        units.number(first.high(), first.low(), number);
        if (!units.isFirst(first.high(), first.low()) || (number.low() & LAST_UNIT) != 0) {
            return problem(ProblemType.MALFORMED, first, "a block begins at a multiple of 256 units");
        }
        if (block.version() < 0 || block.version() > MOST_VERSION) {
            return problem(ProblemType.MALFORMED, block.version(), "a version is 0 to 2^62");
        }
        return foreign(block, number);
    }

    private @Nullable Problem foreign(AllocationBlock block, Position first) {
        for (int i = 0; i <= LAST_UNIT; i++) {
            if (block.isAllocated(i) && !occupancy.contains(first.high(), first.low() | i)) {
                return problem(ProblemType.INVALID, block.first() + " unit " + i, "what is allocated lies in " + units);
            }
        }
        return null;
    }

    /** Makes the units of blocks without problems as they say. */
    void apply(Collection<AllocationBlock> blocks) {
        Position number = new Position();
        for (AllocationBlock block : blocks) {
            units.number(block.first().high(), block.first().low(), number);
            for (int i = 0; i <= LAST_UNIT; i++) {
                if (block.isAllocated(i)) {
                    occupancy.take(number.high(), number.low() | i);
                } else {
                    occupancy.release(number.high(), number.low() | i);
                }
            }
        }
    }
}
