package io.ipam.pool;

import io.ipam.address.AddressSet;
import io.ipam.address.Family;
import java.util.ArrayList;
import java.util.List;

/**
 * What a catalog knows of one family.
 *
 * @param family the family
 * @param index who holds what
 * @param defaults the default pools, by name
 * @param reserved the addresses of all reserved ranges that are not terminating
 */
record FamilyPart(Family family, AddressIndex index, List<Pool> defaults, AddressSet reserved) {

    /** The part of pools that fit together, sorted by name. */
    static FamilyPart of(Family family, List<Pool> pools, List<ReservedRange> reserved) {
        List<Pool> own = pools.stream().filter(pool -> pool.family() == family).toList();
        List<Pool> defaults = own.stream().filter(Pool::isDefault).toList();
        return new FamilyPart(family, AddressIndex.of(own), defaults, AddressSet.empty(family)).withReserved(reserved);
    }

    FamilyPart withReserved(List<ReservedRange> ranges) {
        AddressSet union = AddressSet.of(
                family,
                ranges.stream()
                        .filter(range -> range.family() == family && !range.terminating())
                        .flatMap(range -> range.addresses().ranges().stream())
                        .toList());
        return union.equals(reserved) ? this : new FamilyPart(family, index, defaults, union);
    }

    /** With a pool more, which collides with none. */
    FamilyPart with(Pool pool) {
        return new FamilyPart(family, index.with(pool), defaultsWith(pool), reserved);
    }

    /** Without one of its pools. */
    FamilyPart without(Pool pool) {
        return new FamilyPart(family, index.without(pool), defaultsWithout(pool), reserved);
    }

    /** With one of its pools replaced by one with the same addresses and subnet. */
    FamilyPart withSameAddresses(Pool before, Pool after) {
        FamilyPart rest = new FamilyPart(family, index, defaultsWithout(before), reserved);
        return new FamilyPart(family, index, rest.defaultsWith(after), reserved);
    }

    private List<Pool> defaultsWithout(Pool pool) {
        return pool.isDefault()
                ? defaults.stream()
                        .filter(other -> !other.name().equals(pool.name()))
                        .toList()
                : defaults;
    }

    private List<Pool> defaultsWith(Pool pool) {
        if (!pool.isDefault()) {
            return defaults;
        }
        List<Pool> more = new ArrayList<>(defaults);
        more.add(pool);
        more.sort((a, b) -> NameOrder.BY_CODE_POINT.compare(a.name(), b.name()));
        return List.copyOf(more);
    }
}
