package io.ipam.pool;

import io.ipam.address.Family;
import io.ipam.address.Prefix;
import io.ipam.problem.Problem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * Checks many pools against one another. Cost: O(n log n) for n pools and ranges, and a step for
 * each collision, up to {@value Collision#LISTED} of a kind. Thread safety: none.
 */
final class CatalogCheck {
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, Pool> pools = new LinkedHashMap<>();

    /**
     * Prepares the check of all pools.
     *
     * @param sorted the pools, sorted by name
     */
    CatalogCheck(List<Pool> sorted) {
        Set<String> repeated = new LinkedHashSet<>();
        for (Pool pool : sorted) {
            if (pools.putIfAbsent(pool.name(), pool) != null && repeated.add(pool.name())) {
                problems.add(Collision.sameName(pool.name()).withWhere(Collision.where(pool.name())));
            }
        }
    }

    /** A problem for each name that several reserved ranges have. */
    static List<Problem> repeatedNames(List<ReservedRange> sorted) {
        Set<String> repeated = new LinkedHashSet<>();
        for (int i = 1; i < sorted.size(); i++) {
            if (sorted.get(i).name().equals(sorted.get(i - 1).name())) {
                repeated.add(sorted.get(i).name());
            }
        }
        return repeated.stream()
                .limit(Collision.LISTED)
                .map(Collision::sameReservedName)
                .toList();
    }

    /** All problems: those of names, then of subnets, then of addresses. */
    List<Problem> problems() {
        checkSubnets();
        checkAddresses();
        return problems;
    }

    /** Sorted prefixes nest like brackets: a stack contains the open ones. */
    private void checkSubnets() {
        Map<Prefix, String> examples = new TreeMap<>();
        pools.values().forEach(pool -> examples.putIfAbsent(pool.subnet(), pool.name()));
        Deque<Prefix> open = new ArrayDeque<>();
        int found = 0;
        for (Map.Entry<Prefix, String> entry : examples.entrySet()) {
            Prefix subnet = entry.getKey();
            while (!open.isEmpty() && !open.getLast().contains(subnet)) {
                open.removeLast();
            }
            for (Prefix outer : open) {
                if (++found > Collision.LISTED) {
                    problems.add(Collision.more("pools"));
                    return;
                }
                Problem problem = Collision.subnets(subnet, outer, examples.getOrDefault(outer, ""));
                problems.add(problem.withWhere(Collision.where(entry.getValue())));
            }
            open.addLast(subnet);
        }
    }

    /**
     * Sweeps over all claims by first address: a claim that has not ended overlaps the next one.
     */
    private void checkAddresses() {
        Set<List<String>> pairs = new LinkedHashSet<>();
        for (Family family : Family.values()) {
            List<Claim> claims = pools.values().stream()
                    .filter(pool -> pool.family() == family)
                    .flatMap(pool -> Claim.of(pool).stream())
                    .sorted(Claim.BY_FIRST)
                    .toList();
            sweep(claims, pairs);
        }
        int listed = 0;
        for (List<String> pair : pairs) {
            if (listed++ == Collision.LISTED) {
                problems.add(Collision.more("pools"));
                return;
            }
            Problem problem = Collision.addresses(pool(pair.get(0)).addresses(), pool(pair.get(1)));
            problems.add(problem.withWhere(Collision.where(pair.get(0))));
        }
    }

    private static void sweep(List<Claim> claims, Set<List<String>> pairs) {
        List<Claim> open = new ArrayList<>();
        for (Claim claim : claims) {
            for (Iterator<Claim> i = open.iterator(); i.hasNext(); ) {
                Claim earlier = i.next();
                if (earlier.endsBefore(claim)) {
                    i.remove();
                } else if (pairs.add(pair(earlier.pool(), claim.pool())) && pairs.size() > Collision.LISTED) {
                    return;
                }
            }
            open.add(claim);
        }
    }

    /** The later name first, because its definition must change. */
    private static List<String> pair(String one, String other) {
        return NameOrder.BY_CODE_POINT.compare(one, other) > 0 ? List.of(one, other) : List.of(other, one);
    }

    private Pool pool(String name) {
        return Objects.requireNonNull(pools.get(name));
    }
}
