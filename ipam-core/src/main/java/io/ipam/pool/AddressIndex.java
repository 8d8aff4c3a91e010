package io.ipam.pool;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Address;
import io.ipam.address.AddressSet;
import io.ipam.address.Prefix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The subnets of one family and the addresses of its pools. Invariants: NESTLESS: no two subnets
 * have an address in common. APART: no two claims overlap. Both are sorted, so that only the last
 * one that begins at or below an address can contain it.
 *
 * <p>Cost: a change copies three arrays of references, and creates entries only for the changed
 * pool. A lookup is a binary search. Thread safety: immutable.
 */
final class AddressIndex {
    private static final Comparator<UsedSubnet> BY_PREFIX = Comparator.comparing(UsedSubnet::prefix);

    private final SortedArray<UsedSubnet> subnets;
    private final SortedArray<Claim> claims;

    private AddressIndex(SortedArray<UsedSubnet> subnets, SortedArray<Claim> claims) {
        this.subnets = subnets;
        this.claims = claims;
    }

    /** A subnet and the names of its pools, pools without addresses included. */
    private record UsedSubnet(Prefix prefix, SortedArray<String> pools) {
        static UsedSubnet of(Prefix prefix, List<String> pools) {
            return new UsedSubnet(prefix, SortedArray.of(NameOrder.BY_CODE_POINT, pools));
        }
    }

    /** The index of pools of one family that do not collide. Cost: O(n log n). */
    static AddressIndex of(List<Pool> pools) {
        Map<Prefix, List<String>> names = new TreeMap<>();
        pools.forEach(pool -> names.computeIfAbsent(pool.subnet(), prefix -> new ArrayList<>())
                .add(pool.name()));
        List<UsedSubnet> subnets = new ArrayList<>();
        names.forEach((prefix, ofPrefix) -> subnets.add(UsedSubnet.of(prefix, ofPrefix)));
        List<Claim> claims =
                pools.stream().flatMap(pool -> Claim.of(pool).stream()).toList();
        return new AddressIndex(SortedArray.of(BY_PREFIX, subnets), SortedArray.of(Claim.BY_FIRST, claims));
    }

    /** Checks NESTLESS and APART; throws IllegalStateException if one is broken. */
    void verify() {
        for (int i = 1; i < subnets.size(); i++) {
            Prefix before = subnets.at(i - 1).prefix();
            if (before.overlaps(subnets.at(i).prefix())) {
                throw new IllegalStateException("NESTLESS: " + before + ", " + subnets.at(i));
            }
        }
        for (int i = 1; i < claims.size(); i++) {
            if (!claims.at(i - 1).endsBefore(claims.at(i))) {
                throw new IllegalStateException("APART: " + claims.at(i - 1) + ", " + claims.at(i));
            }
        }
    }

    /** The number of pools, pools without addresses included. */
    int pools() {
        return subnets.all().stream().mapToInt(subnet -> subnet.pools().size()).sum();
    }

    /** A copy with one more pool, which must not collide; see {@link #overlapping}. */
    AddressIndex with(Pool pool) {
        UsedSubnet present = find(pool.subnet());
        UsedSubnet more = present == null
                ? UsedSubnet.of(pool.subnet(), List.of(pool.name()))
                : new UsedSubnet(pool.subnet(), present.pools().with(pool.name()));
        return new AddressIndex(subnets.with(more), claims.with(Claim.of(pool)));
    }

    /** A copy without one of its pools. */
    AddressIndex without(Pool pool) {
        UsedSubnet present = requireNonNull(find(pool.subnet()));
        UsedSubnet fewer = new UsedSubnet(pool.subnet(), present.pools().without(pool.name()));
        return new AddressIndex(
                fewer.pools().size() == 0 ? subnets.without(fewer) : subnets.with(fewer),
                claims.without(Claim.of(pool)));
    }

    private @Nullable UsedSubnet find(Prefix prefix) {
        return subnets.find(other -> other.prefix().compareTo(prefix));
    }

    /**
     * The names of the pools of a subnet, sorted; pools without addresses are included. Cost: a
     * binary search.
     */
    List<String> poolsOf(Prefix prefix) {
        UsedSubnet subnet = find(prefix);
        return subnet == null ? List.of() : subnet.pools().all();
    }

    /**
     * Other subnets that overlap the subnet of a pool, and the names of pools that have some of its
     * addresses.
     */
    record Collisions(List<Prefix> subnets, Set<String> pools) {}

    /**
     * The collisions of a new pool. Cost: without collisions, a binary search and one more for each
     * of its ranges.
     */
    Collisions overlapping(Prefix subnet, AddressSet addresses) {
        List<Prefix> nested = new ArrayList<>();
        int at = subnets.lowerBound(other -> other.prefix().compareTo(subnet));
        // Relies on NESTLESS.
        for (int i = Math.max(0, at - 1); i < subnets.size() && (i < at || reaches(i, subnet)); i++) {
            Prefix other = subnets.at(i).prefix();
            if (other.overlaps(subnet) && !other.equals(subnet)) {
                nested.add(other);
            }
        }
        Set<String> names = new LinkedHashSet<>();
        Claim.of("", addresses).forEach(claim -> findOverlapping(claim, names));
        return new Collisions(nested, names);
    }

    private boolean reaches(int index, Prefix subnet) {
        return subnets.at(index).prefix().base().compareTo(subnet.last()) <= 0;
    }

    private void findOverlapping(Claim claim, Set<String> names) {
        int at = claims.lowerBound(other -> other.compareFirst(claim));
        // Relies on APART.
        if (at > 0 && !claims.at(at - 1).endsBefore(claim)) {
            names.add(claims.at(at - 1).pool());
        }
        for (; at < claims.size() && !claim.endsBefore(claims.at(at)); at++) {
            names.add(claims.at(at).pool());
        }
    }

    /** The name of the pool that has an address; null if none has. Cost: a binary search. */
    @Nullable
    String holderOf(Address address) {
        Claim wanted = new Claim("", address.high(), address.low(), address.high(), address.low());
        // Relies on APART.
        int at = claims.lowerBound(claim -> claim.compareFirst(wanted) <= 0 ? -1 : 1) - 1;
        return at >= 0 && !claims.at(at).endsBefore(wanted) ? claims.at(at).pool() : null;
    }
}
