package io.ipam.pool;

import static java.util.Objects.requireNonNull;

import io.ipam.address.AddressSet;
import io.ipam.address.Family;
import io.ipam.address.InvalidAddressException;
import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Addresses that no pool allocates (a SpiderReservedIP). Thread safety: immutable.
 *
 * @param name the name, not empty
 * @param family the family of the addresses
 * @param addresses the addresses
 * @param terminating whether its deletion has begun; it then reserves nothing
 */
public record ReservedRange(String name, Family family, AddressSet addresses, boolean terminating) {
    /**
     * Throws IllegalArgumentException if the name is empty or the addresses have another family.
     */
    public ReservedRange {
        requireNonNull(addresses, "addresses");
        requireNonNull(name, "name");
        requireNonNull(family, "family");
        if (name.isEmpty()) {
            throw new IllegalArgumentException("name must not be empty");
        }
        if (addresses.family() != family) {
            throw new IllegalArgumentException("addresses must be " + family.label() + ", were " + addresses);
        }
    }

    /**
     * {@return the reserved range with the addresses of a set} Throws IllegalArgumentException if
     * the name is empty.
     *
     * @param name the name
     * @param addresses the addresses
     */
    public static ReservedRange of(String name, AddressSet addresses) {
        requireNonNull(addresses, "addresses");
        return new ReservedRange(name, addresses.family(), addresses, false);
    }

    /**
     * Parses the texts of a definition.
     *
     * @param name the name
     * @param family the family of the addresses
     * @param ips each {@code a}, {@code a-b}, or CIDR text; they may overlap
     * @return the reserved range
     * @throws InvalidPoolException with all problems, at paths such as {@code metadata.name} and
     *     {@code spec.ips[0]}
     */
    public static ReservedRange parse(String name, Family family, Collection<String> ips) {
        requireNonNull(name, "name");
        requireNonNull(ips, "ips");
        List<Problem> problems = new ArrayList<>();
        if (name.isEmpty()) {
            problems.add(Problem.of(ProblemType.REQUIRED, "metadata.name", "", "a reserved range must have a name"));
        }
        AddressSet addresses = AddressSet.empty(family);
        try {
            addresses = AddressSet.parse(family, ips);
        } catch (InvalidAddressException e) {
            e.problems().forEach(problem -> problems.add(problem.withWhere("spec.ips")));
        }
        if (!problems.isEmpty()) {
            throw new InvalidPoolException("reserved range " + Collision.shown(name), problems);
        }
        return new ReservedRange(name, family, addresses, false);
    }

    /** {@return a copy whose deletion has begun} */
    public ReservedRange asTerminating() {
        return new ReservedRange(name, family, addresses, true);
    }
}
