package io.ipam.pool;

import io.ipam.address.AddressSet;
import io.ipam.address.Family;
import java.util.List;

/**
 * The part of a catalog for one family.
 *
 * @param family the family
 * @param index the subnets and the addresses of the pools
 * @param defaults the default pools, by name
 * @param reserved the addresses of all reserved ranges that are not terminating
 */
record FamilyPart(Family family, AddressIndex index, SortedArray<Pool> defaults, AddressSet reserved) {

    /** The part for pools that do not collide. */
    static FamilyPart of(Family family, List<Pool> pools, List<ReservedRange> reserved) {
        List<Pool> own = pools.stream().filter(pool -> pool.family() == family).toList();
        SortedArray<Pool> defaults = SortedArray.of(
                PoolCatalog.BY_NAME, own.stream().filter(Pool::isDefault).toList());
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

    /** A copy with one more pool, which must not collide. */
    FamilyPart with(Pool pool) {
        return withDefault(index.with(pool), pool);
    }

    /** A copy without one of its pools. */
    FamilyPart without(Pool pool) {
        return withoutDefault(index.without(pool), pool);
    }

    /** A copy with one of its pools replaced by one with the same addresses and subnet. */
    FamilyPart withSameAddresses(Pool before, Pool after) {
        return withoutDefault(index, before).withDefault(index, after);
    }

    /** Checks that the index contains all these pools; throws IllegalStateException otherwise. */
    void verify(List<Pool> pools) {
        index.verify();
        if (index.pools() != pools.size()) {
            throw new IllegalStateException("index of " + index.pools() + " pools, " + pools);
        }
    }

    private FamilyPart withDefault(AddressIndex next, Pool pool) {
        return new FamilyPart(family, next, pool.isDefault() ? defaults.with(pool) : defaults, reserved);
    }

    private FamilyPart withoutDefault(AddressIndex next, Pool pool) {
        return new FamilyPart(family, next, pool.isDefault() ? defaults.without(pool) : defaults, reserved);
    }
}
