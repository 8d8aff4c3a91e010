package io.ipam.pool;

import io.ipam.address.Address;
import io.ipam.address.AddressSet;
import io.ipam.address.Prefix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who holds what in one family: the subnets, each with its pools' claims. Invariant NESTLESS: the subnets are sorted, and no two
 * have an address in common.
 *
 * <p>Cost: a change copies the array of groups and the one group's array of claims, and makes entries for the changed pool alone; a
 * look-up is two binary searches. Thread safety: immutable.
 */
final class AddressIndex {
    private final SubnetGroup[] groups;

    private AddressIndex(SubnetGroup[] groups) {
        this.groups = groups;
    }

    /** The index of pools of one family that fit together. Cost: O(n log n). */
    static AddressIndex of(List<Pool> pools) {
        Map<Prefix, List<Pool>> bySubnet = new TreeMap<>();
        for (Pool pool : pools) {
            bySubnet.computeIfAbsent(pool.subnet(), subnet -> new ArrayList<>()).add(pool);
        }
        List<SubnetGroup> groups = new ArrayList<>();
        bySubnet.forEach((subnet, members) -> groups.add(group(subnet, members)));
        return new AddressIndex(groups.toArray(SubnetGroup[]::new));
    }

    /** Checks NESTLESS, and APART in every group; throws IllegalStateException where that is broken. */
    void verify() {
        for (int i = 0; i < groups.length; i++) {
            groups[i].verify();
            if (i > 0
                    && groups[i - 1]
                                    .subnet()
                                    .last()
                                    .compareTo(groups[i].subnet().base())
                            >= 0) {
                throw new IllegalStateException("NESTLESS: " + groups[i - 1].subnet() + ", " + groups[i].subnet());
            }
        }
    }

    /** The number of pools, those without addresses included. */
    int pools() {
        return Arrays.stream(groups).mapToInt(SubnetGroup::pools).sum();
    }

    private static SubnetGroup group(Prefix subnet, List<Pool> members) {
        Claim[] claims = members.stream()
                .flatMap(pool -> Arrays.stream(Claim.of(pool)))
                .sorted(Claim.BY_FIRST)
                .toArray(Claim[]::new);
        return new SubnetGroup(subnet, members.size(), claims);
    }

    /** With one pool more, which {@link #overlapping} nothing. */
    AddressIndex with(Pool pool) {
        int at = indexOf(pool.subnet());
        Claim[] claims = Claim.of(pool);
        if (at >= 0) {
            return replaced(at, groups[at].with(claims));
        }
        int gap = -at - 1;
        SubnetGroup[] more = new SubnetGroup[groups.length + 1];
        System.arraycopy(groups, 0, more, 0, gap);
        more[gap] = new SubnetGroup(pool.subnet(), 1, claims);
        System.arraycopy(groups, gap, more, gap + 1, groups.length - gap);
        return new AddressIndex(more);
    }

    /** Without one of its pools. */
    AddressIndex without(Pool pool) {
        int at = indexOf(pool.subnet());
        if (groups[at].pools() > 1) {
            return replaced(at, groups[at].without(Claim.of(pool)));
        }
        SubnetGroup[] rest = new SubnetGroup[groups.length - 1];
        System.arraycopy(groups, 0, rest, 0, at);
        System.arraycopy(groups, at + 1, rest, at, rest.length - at);
        return new AddressIndex(rest);
    }

    private AddressIndex replaced(int at, SubnetGroup group) {
        SubnetGroup[] copy = groups.clone();
        copy[at] = group;
        return new AddressIndex(copy);
    }

    /** What a pool collides with: other subnets that overlap its own, and the names of pools that hold some of its addresses. */
    record Collisions(List<Prefix> subnets, Set<String> pools) {}

    /** What a pool would collide with. Cost: two binary searches, and one for each of its ranges, where nothing collides. */
    Collisions overlapping(Prefix subnet, AddressSet addresses) {
        List<Prefix> subnets = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        Claim[] claims = Claim.of("", addresses);
        Address last = subnet.last();
        int at = indexOf(subnet);
        int from = at >= 0 ? at : -at - 1;
        // NESTLESS: of those that begin below, only the last can reach so far.
        if (from > 0 && groups[from - 1].subnet().contains(subnet)) {
            from--;
        }
        for (int i = from; i < groups.length && groups[i].subnet().base().compareTo(last) <= 0; i++) {
            if (i != at) {
                subnets.add(groups[i].subnet());
            }
            groups[i].findOverlapping(claims, names);
        }
        return new Collisions(subnets, names);
    }

    /** The name of the pool that holds an address, null when none does. Cost: two binary searches. */
    @Nullable
    String holderOf(Address address) {
        int low = 0;
        int high = groups.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (groups[middle].subnet().base().compareTo(address) <= 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        // NESTLESS: of those that begin at or below, only the last can reach so far.
        return high >= 0 && groups[high].subnet().contains(address) ? groups[high].holderOf(address) : null;
    }

    /** The index of a subnet's group, or minus the place where it belongs minus one. */
    private int indexOf(Prefix subnet) {
        int low = 0;
        int high = groups.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = groups[middle].subnet().compareTo(subnet);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }
}
