package io.ipam.pool;

import io.ipam.address.Address;
import io.ipam.address.Prefix;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The pools of one subnet. Invariant APART: the claims are sorted, and no two overlap. Cost: one array of references to the claims;
 * a change copies that array. Thread safety: immutable.
 */
final class SubnetGroup {
    private final Prefix subnet;
    private final int pools;
    private final Claim[] claims;

    /**
     * A group.
     *
     * @param subnet the subnet
     * @param pools how many pools lie in it, those without addresses included
     * @param claims what they hold, APART; not copied
     */
    SubnetGroup(Prefix subnet, int pools, Claim[] claims) {
        this.subnet = subnet;
        this.pools = pools;
        this.claims = claims;
    }

    Prefix subnet() {
        return subnet;
    }

    int pools() {
        return pools;
    }

    /** Checks APART, and that the claims lie in the subnet; throws IllegalStateException where that is broken. */
    void verify() {
        for (int i = 0; i < claims.length; i++) {
            if (i > 0 && !claims[i - 1].endsBefore(claims[i])) {
                throw new IllegalStateException("APART: " + claims[i - 1] + ", " + claims[i]);
            }
            if (!subnet.contains(claims[i].first(subnet.family()))) {
                throw new IllegalStateException("APART: " + claims[i] + " is not in " + subnet);
            }
        }
    }

    /** With one pool more, whose claims overlap none; APART lets them be merged. */
    SubnetGroup with(Claim[] added) {
        Claim[] merged = new Claim[claims.length + added.length];
        int from = 0;
        int to = 0;
        for (Claim claim : added) {
            int end = lowerBound(claim);
            System.arraycopy(claims, from, merged, to, end - from);
            to += end - from;
            merged[to++] = claim;
            from = end;
        }
        System.arraycopy(claims, from, merged, to, claims.length - from);
        return new SubnetGroup(subnet, pools + 1, merged);
    }

    /** Without one of its pools. */
    SubnetGroup without(Claim[] removed) {
        Claim[] rest = new Claim[claims.length - removed.length];
        int from = 0;
        int to = 0;
        for (Claim claim : removed) {
            int end = lowerBound(claim);
            System.arraycopy(claims, from, rest, to, end - from);
            to += end - from;
            from = end + 1;
        }
        System.arraycopy(claims, from, rest, to, claims.length - from);
        return new SubnetGroup(subnet, pools - 1, rest);
    }

    /** Adds the names of the pools that hold an address of one of the candidate's claims. Cost: O(claims of the candidate x log). */
    void findOverlapping(Claim[] candidate, Set<String> names) {
        for (Claim claim : candidate) {
            int at = lowerBound(claim);
            // APART: of those that begin below, only the last can reach so far.
            if (at > 0 && !claims[at - 1].endsBefore(claim)) {
                names.add(claims[at - 1].pool());
            }
            for (; at < claims.length && !claim.endsBefore(claims[at]); at++) {
                names.add(claims[at].pool());
            }
        }
    }

    /** The name of the pool that holds an address, null when none does. Cost: O(log claims). */
    @Nullable
    String holderOf(Address address) {
        Claim wanted = new Claim("", address.high(), address.low(), address.high(), address.low());
        int found = Arrays.binarySearch(claims, wanted, Claim.BY_FIRST);
        // APART: of those that begin below, only the last can reach so far.
        int at = found >= 0 ? found : -found - 2;
        return at >= 0 && !claims[at].endsBefore(wanted) ? claims[at].pool() : null;
    }

    /** The index of the first claim that does not begin below the given one. */
    private int lowerBound(Claim claim) {
        int found = Arrays.binarySearch(claims, claim, Claim.BY_FIRST);
        return found >= 0 ? found : -found - 1;
    }
}
