package io.ipam.pool;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Family;
import java.util.EnumMap;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The parts of a catalog, one for each family. Thread safety: immutable. */
final class FamilyParts {
    private final EnumMap<Family, FamilyPart> parts;

    private FamilyParts(EnumMap<Family, FamilyPart> parts) {
        this.parts = parts;
    }

    /** The parts for pools that do not collide. */
    static FamilyParts of(List<Pool> pools, List<ReservedRange> reserved) {
        EnumMap<Family, FamilyPart> parts = new EnumMap<>(Family.class);
        for (Family family : Family.values()) {
            parts.put(family, FamilyPart.of(family, pools, reserved));
        }
        return new FamilyParts(parts);
    }

    FamilyPart get(Family family) {
        return requireNonNull(parts.get(requireNonNull(family, "family")));
    }

    /** A copy with one more pool, which must not collide. */
    FamilyParts with(Pool pool) {
        return changed(pool.family(), part -> part.with(pool));
    }

    /** A copy without one of the pools, if it is not null. */
    FamilyParts without(@Nullable Pool pool) {
        return pool == null ? this : changed(pool.family(), part -> part.without(pool));
    }

    /** A copy with one of the pools replaced by one with the same addresses and subnet. */
    FamilyParts withSameAddresses(Pool before, Pool after) {
        return changed(after.family(), part -> part.withSameAddresses(before, after));
    }

    private FamilyParts changed(Family family, UnaryOperator<FamilyPart> change) {
        EnumMap<Family, FamilyPart> next = parts.clone();
        next.put(family, change.apply(get(family)));
        return new FamilyParts(next);
    }

    FamilyParts withReserved(List<ReservedRange> ranges) {
        EnumMap<Family, FamilyPart> next = parts.clone();
        next.replaceAll((family, part) -> part.withReserved(ranges));
        return new FamilyParts(next);
    }
}
