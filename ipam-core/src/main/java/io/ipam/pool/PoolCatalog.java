package io.ipam.pool;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Address;
import io.ipam.address.AddressSet;
import io.ipam.address.Family;
import io.ipam.address.Prefix;
import io.ipam.problem.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * All pools and reserved ranges at one moment. The names of pools are unique, two subnets of one
 * family are equal or disjoint, and no address is in two pools. Reserved ranges may overlap
 * anything.
 *
 * <p>Cost: creation from n pools is O(n log n). A change copies a few arrays of references, and
 * creates entries only for the changed pool. A lookup by name is a binary search. Thread safety:
 * immutable.
 */
public final class PoolCatalog {
    static final Comparator<Pool> BY_NAME = Comparator.comparing(Pool::name, NameOrder.BY_CODE_POINT);
    private static final Comparator<ReservedRange> BY_RANGE_NAME =
            Comparator.comparing(ReservedRange::name, NameOrder.BY_CODE_POINT);
    private static final AtomicLong VERSIONS = new AtomicLong();

    /** The catalog without pools. */
    public static final PoolCatalog EMPTY = of(List.of(), List.of());

    private final long version = VERSIONS.incrementAndGet();
    private final SortedArray<Pool> pools;
    private final SortedArray<ReservedRange> reservedRanges;
    private final FamilyParts parts;

    private PoolCatalog(SortedArray<Pool> pools, SortedArray<ReservedRange> reservedRanges, FamilyParts parts) {
        this.pools = pools;
        this.reservedRanges = reservedRanges;
        this.parts = parts;
    }

    /**
     * {@return a catalog of pools, without reserved ranges}
     *
     * @param pools the pools, in any order
     * @throws InvalidCatalogException with all conflicts between the pools
     */
    public static PoolCatalog of(Pool... pools) {
        requireNonNull(pools, "pools");
        return of(List.of(pools), List.of());
    }

    /**
     * {@return a catalog}
     *
     * @param pools the pools, in any order
     * @param reserved the reserved ranges, in any order
     * @throws InvalidCatalogException with all conflicts between the pools
     */
    public static PoolCatalog of(Collection<Pool> pools, Collection<ReservedRange> reserved) {
        requireNonNull(reserved, "reserved");
        requireNonNull(pools, "pools");
        SortedArray<Pool> sorted = SortedArray.of(BY_NAME, List.copyOf(pools));
        List<Problem> problems = new ArrayList<>(new CatalogCheck(sorted.all()).problems());
        SortedArray<ReservedRange> ranges = SortedArray.of(BY_RANGE_NAME, List.copyOf(reserved));
        problems.addAll(CatalogCheck.repeatedNames(ranges.all()));
        if (!problems.isEmpty()) {
            throw new InvalidCatalogException("catalog", problems);
        }
        return new PoolCatalog(sorted, ranges, FamilyParts.of(sorted.all(), ranges.all()));
    }

    /** {@return the order of names in this library: by code point, like their UTF-8 bytes} */
    public static Comparator<String> nameOrder() {
        return NameOrder.BY_CODE_POINT;
    }

    /**
     * {@return the number of this snapshot: unique in the process, and higher than those of all
     * earlier ones}
     */
    public long version() {
        return version;
    }

    /** {@return the pool with that name} */
    public Optional<Pool> pool(String name) {
        requireNonNull(name, "name");
        return Optional.ofNullable(find(name));
    }

    /**
     * {@return the pool name that is most similar to a misspelt one; the first by name if there are
     * several}
     *
     * <p>It is empty if every name differs in more than 3 characters, or in more than a third of
     * them. Cost: O(pools); about a millisecond for 10,000 pools.
     */
    public Optional<String> nearestName(String misspelt) {
        return Optional.ofNullable(new NearestName(requireNonNull(misspelt, "misspelt")).among(pools.all()));
    }

    /**
     * {@return the pool that has an address, which may be reserved but not excluded} Cost: two
     * binary searches.
     *
     * @param address the address
     */
    public Optional<Pool> poolOf(Address address) {
        requireNonNull(address, "address");
        String name = parts.get(address.family()).index().holderOf(address);
        return name == null ? Optional.empty() : pool(name);
    }

    /**
     * {@return the pools of exactly this subnet, by name} Cost: O(log pools), and again for each
     * pool of the subnet.
     *
     * @param subnet the subnet
     */
    public List<Pool> poolsOfSubnet(Prefix subnet) {
        requireNonNull(subnet, "subnet");
        return parts.get(subnet.family()).index().poolsOf(subnet).stream()
                .map(this::find)
                .map(Objects::requireNonNull)
                .toList();
    }

    /**
     * {@return the differences between this catalog and a later one, by name} Cost: O(pools); some
     * nanoseconds for each unchanged pool.
     *
     * @param later the later catalog
     */
    public List<ChangePlan.Difference> differences(PoolCatalog later) {
        requireNonNull(later, "later");
        List<ChangePlan.Difference> differences = new ArrayList<>();
        pools.forEachDifference(
                later.pools,
                (was, is) ->
                        differences.add(new ChangePlan.Difference(Optional.ofNullable(was), Optional.ofNullable(is))));
        return List.copyOf(differences);
    }

    /**
     * {@return whether a pool with another name has an address of this pool; false for pools of the
     * other family}
     *
     * <p>Cost: O(log pools), and O(1) for each such pool of its subnet.
     *
     * @param pool the pool, which need not be in the catalog
     */
    public boolean overlaps(Pool pool) {
        requireNonNull(pool, "pool");
        return parts.get(pool.family()).index().overlapping(pool.subnet(), pool.addresses()).pools().stream()
                .anyMatch(name -> !name.equals(pool.name()));
    }

    /** {@return all pools, by name} */
    public List<Pool> pools() {
        return pools.all();
    }

    /** {@return the pools of one family, by name} Cost: O(pools) for each call. */
    public List<Pool> pools(Family family) {
        requireNonNull(family, "family");
        return pools.all().stream().filter(pool -> pool.family() == family).toList();
    }

    /** {@return the default pools of one family, by name} */
    public List<Pool> defaults(Family family) {
        return parts.get(family).defaults().all();
    }

    /** {@return all reserved ranges, by name, the terminating ones included} */
    public List<ReservedRange> reservedRanges() {
        return reservedRanges.all();
    }

    /**
     * {@return the reserved addresses of one family, without those of terminating ranges}
     *
     * @param family the family
     */
    public AddressSet reserved(Family family) {
        return parts.get(family).reserved();
    }

    /**
     * {@return the addresses that a pool may allocate: listed, and neither excluded nor reserved}
     * Cost: computed once for each pool.
     *
     * @param pool the pool
     */
    public AddressSet usable(Pool pool) {
        requireNonNull(pool, "pool");
        return pool.withoutReserved(parts.get(pool.family()).reserved());
    }

    /**
     * {@return the pools of one family whose names match, by name} Cost: O(pools that share the
     * pattern's literal start).
     *
     * @param pattern the pattern
     * @param family the family
     */
    public List<Pool> matching(PoolNamePattern pattern, Family family) {
        requireNonNull(pattern, "pattern");
        requireNonNull(family, "family");
        String start = pattern.literalPrefix();
        int from = pools.lowerBound(pool -> NameOrder.BY_CODE_POINT.compare(pool.name(), start));
        int to = pools.lowerBound(
                pool -> pool.name().startsWith(start) ? -1 : NameOrder.BY_CODE_POINT.compare(pool.name(), start));
        return pools.all().subList(from, to).stream()
                .filter(pool -> pool.family() == family && pattern.matches(pool.name()))
                .toList();
    }

    /**
     * {@return a catalog with this pool; it replaces a pool with the same name}
     *
     * @param pool the pool
     * @throws InvalidCatalogException with all conflicts between the pool and the others
     */
    public PoolCatalog with(Pool pool) {
        Pool before = find(requireNonNull(pool, "pool").name());
        if (before != null
                && before.subnet().equals(pool.subnet())
                && before.addresses().equals(pool.addresses())) {
            return new PoolCatalog(pools.with(pool), reservedRanges, parts.withSameAddresses(before, pool));
        }
        FamilyParts others = parts.without(before);
        List<Problem> problems =
                new DefinitionCheck(this, others).collisions(pool.name(), pool.subnet(), pool.addresses());
        if (!problems.isEmpty()) {
            throw new InvalidCatalogException("pool " + Collision.shown(pool.name()), problems);
        }
        return new PoolCatalog(pools.with(pool), reservedRanges, others.with(pool));
    }

    /** {@return a catalog without the pool with that name; this catalog if there is none} */
    public PoolCatalog without(String name) {
        requireNonNull(name, "name");
        Pool before = find(name);
        return before == null ? this : new PoolCatalog(pools.without(before), reservedRanges, parts.without(before));
    }

    /**
     * {@return a catalog with this reserved range; it replaces one with the same name} Cost:
     * O(reserved ranges).
     *
     * @param range the reserved range
     */
    public PoolCatalog withReserved(ReservedRange range) {
        return withReserved(reservedRanges.with(requireNonNull(range, "range")));
    }

    /**
     * {@return a catalog without the reserved range with that name; this catalog if there is none}
     * Cost: O(reserved ranges).
     *
     * @param name the name
     */
    public PoolCatalog withoutReserved(String name) {
        requireNonNull(name, "name");
        ReservedRange range = reservedRanges.find(other -> NameOrder.BY_CODE_POINT.compare(other.name(), name));
        return range == null ? this : withReserved(reservedRanges.without(range));
    }

    private PoolCatalog withReserved(SortedArray<ReservedRange> ranges) {
        return new PoolCatalog(pools, ranges, parts.withReserved(ranges.all()));
    }

    /**
     * Finds all problems of adding a definition, without adding it. Its readable parts are compared
     * with the other pools even if other parts are invalid.
     *
     * @param definition the definition, valid or not; it would replace a pool with the same name
     * @param enabled the families of the IP stack
     */
    public List<Problem> problems(PoolBuilder definition, Set<Family> enabled) {
        requireNonNull(enabled, "enabled");
        requireNonNull(definition, "definition");
        return definitionCheck(definition).problems(definition, enabled);
    }

    /**
     * Finds all problems of adding a definition while addresses are in use, without adding it. For
     * a pool that it would replace, the family and the subnet are fixed, and no address in use may
     * be removed.
     *
     * @param definition the definition, valid or not
     * @param enabled the families of the IP stack
     * @param inUse the addresses in use
     */
    public List<Problem> problems(PoolBuilder definition, Set<Family> enabled, HeldAddresses inUse) {
        requireNonNull(inUse, "inUse");
        requireNonNull(enabled, "enabled");
        requireNonNull(definition, "definition");
        return definitionCheck(definition).problems(definition, enabled, inUse);
    }

    private DefinitionCheck definitionCheck(PoolBuilder definition) {
        return new DefinitionCheck(this, parts.without(find(definition.name)));
    }

    /**
     * Checks that the indexes match the pools, for tests; throws IllegalStateException otherwise.
     */
    void verify() {
        for (Family family : Family.values()) {
            parts.get(family).verify(pools(family));
        }
    }

    private @Nullable Pool find(String name) {
        return pools.find(pool -> NameOrder.BY_CODE_POINT.compare(pool.name(), name));
    }

    /** Compares pools and reserved ranges, but not the version. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof PoolCatalog that
                        && pools().equals(that.pools())
                        && reservedRanges().equals(that.reservedRanges()));
    }

    @Override
    public int hashCode() {
        return 31 * pools().hashCode() + reservedRanges().hashCode();
    }

    /** {@code catalog 7 (3 pools, 1 reserved range)}. */
    @Override
    public String toString() {
        int count = pools().size();
        int ranges = reservedRanges().size();
        return "catalog " + version + " (" + count + (count == 1 ? " pool, " : " pools, ") + ranges
                + (ranges == 1 ? " reserved range)" : " reserved ranges)");
    }
}
