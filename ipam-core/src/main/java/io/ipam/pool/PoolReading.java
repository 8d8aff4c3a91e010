package io.ipam.pool;

import io.ipam.address.Address;
import io.ipam.address.AddressRange;
import io.ipam.address.AddressSet;
import io.ipam.address.Family;
import io.ipam.address.InvalidAddressException;
import io.ipam.address.Prefix;
import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads all texts of one builder, valid or not. A check that needs an unreadable value is omitted,
 * because the problem of the value is already reported. Cost: O(n log n) for n texts. Thread
 * safety: immutable.
 */
final class PoolReading {
    private final PoolBuilder source;
    private final List<Problem> problems = new ArrayList<>();
    /** The subnet with host bits cleared; null if it is unreadable. */
    private final @Nullable Prefix subnet;

    private final @Nullable Family family;
    private final AddressTexts listed;
    private final AddressTexts excluded;
    private final AddressTexts statics;
    private final AddressTexts draining;
    private final @Nullable Address gateway;
    private final List<Route> routes = new ArrayList<>();

    PoolReading(PoolBuilder source, Set<Family> enabled) {
        this.source = source;
        if (source.name.isEmpty()) {
            report(ProblemType.REQUIRED, "metadata.name", "", "a pool must have a name", "");
        }
        this.subnet = readSubnet();
        this.family = readFamily(enabled);
        this.listed = readAddresses("spec.ips", source.ips);
        this.excluded = readAddresses("spec.excludeIPs", source.excludeIps);
        this.statics = readAddresses("staticIPs", source.staticIps);
        this.draining = readAddresses("drainingIPs", source.drainingIps);
        this.gateway = source.gateway == null ? null : readInSubnet("spec.gateway", source.gateway);
        checkGatewayIsFree();
        checkStatics();
        checkDraining();
        readRoutes();
        PodAffinityRules.check(source, problems);
        problems.addAll(source.found);
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }

    Prefix subnet() {
        return Objects.requireNonNull(subnet);
    }

    /** The readable addresses of the pool. */
    AddressSet readable() {
        return listed().minus(excluded()).union(draining());
    }

    /** Whether the subnet is readable and can be compared with others. */
    boolean hasSubnet() {
        return subnet != null;
    }

    /** Adds the problems of replacing a current pool with the readable parts of the definition. */
    void checkAgainst(Replacement replacement) {
        if (source.ipVersion != null) {
            replacement.checkFamily(Family.ofNumber(source.ipVersion).orElse(null));
        } else if (subnet != null) {
            replacement.checkFamily(subnet.family());
        }
        replacement.checkSubnet(subnet);
        if (subnet != null && listed.complete() && excluded.complete()) {
            replacement.checkAddresses(readable());
        }
    }

    AddressSet listed() {
        return AddressSet.of(subnet().family(), listed.ranges());
    }

    AddressSet excluded() {
        return AddressSet.of(subnet().family(), excluded.ranges());
    }

    AddressSet statics() {
        return setOf(statics);
    }

    AddressSet draining() {
        return setOf(draining);
    }

    private AddressSet setOf(AddressTexts texts) {
        Family of = subnet().family();
        return texts.ranges().isEmpty() ? AddressSet.empty(of) : AddressSet.of(of, texts.ranges());
    }

    @Nullable
    Address gateway() {
        return gateway;
    }

    List<Route> routes() {
        return routes;
    }

    private @Nullable Prefix readSubnet() {
        if (source.subnet.isEmpty()) {
            report(
                    ProblemType.REQUIRED,
                    "spec.subnet",
                    "",
                    "a pool must have a subnet",
                    "write a CIDR such as 10.6.0.0/16");
            return null;
        }
        Prefix canonical = read("spec.subnet", () -> Prefix.parseCanonical(source.subnet));
        if (canonical != null) {
            return canonical;
        }
        try {
            return Prefix.parseMasked(source.subnet);
        } catch (InvalidAddressException alreadyReported) {
            return null;
        }
    }

    /** The family of the subnet if it is readable, otherwise the stated one. */
    private @Nullable Family readFamily(Set<Family> enabled) {
        Family derived = subnet == null ? null : subnet.family();
        Family stated = readStatedFamily();
        if (derived != null && stated != null && derived != stated) {
            report(
                    ProblemType.INVALID,
                    "spec.subnet",
                    source.subnet,
                    "the subnet must have the family of spec.ipVersion, which is " + stated.label(),
                    "omit spec.ipVersion, or set it to " + derived.number());
        }
        Family claimed = stated == null ? derived : stated;
        if (claimed == null && source.ipVersion == null) {
            String rule = "without spec.ipVersion, spec.subnet must be valid, because it determines the family";
            report(ProblemType.INVALID, "spec.ipVersion", "", rule, "correct spec.subnet");
        }
        if (claimed != null && !enabled.contains(claimed)) {
            String rule = claimed.label() + " must be enabled in the IP stack";
            report(ProblemType.FORBIDDEN, "spec.ipVersion", String.valueOf(claimed.number()), rule, "");
        }
        return derived == null ? stated : derived;
    }

    private @Nullable Family readStatedFamily() {
        if (source.ipVersion == null) {
            return null;
        }
        Optional<Family> stated = Family.ofNumber(source.ipVersion);
        if (stated.isEmpty()) {
            String hint = "omit it: spec.subnet determines the family";
            report(
                    ProblemType.NOT_SUPPORTED,
                    "spec.ipVersion",
                    source.ipVersion.toString(),
                    "ipVersion must be 4 or 6",
                    hint);
        }
        return stated.orElse(null);
    }

    private AddressTexts readAddresses(String where, List<String> texts) {
        List<@Nullable AddressRange> ranges = new ArrayList<>();
        for (String text : texts) {
            String at = where + "[" + ranges.size() + "]";
            AddressRange range = read(at, () -> readRange(text));
            ranges.add(range != null && isInSubnet(at, text, range) ? range : null);
        }
        return new AddressTexts(ranges);
    }

    private AddressRange readRange(String text) {
        if (AddressTexts.isPrefix(text) && !source.rangesOnly) {
            return (family == null ? Prefix.parse(text) : Prefix.parse(family, text)).range();
        }
        return family == null ? AddressRange.parse(text) : AddressRange.parse(family, text);
    }

    private @Nullable Address readInSubnet(String where, String text) {
        Address address = read(where, () -> family == null ? Address.parse(text) : Address.parse(family, text));
        return address != null && isInSubnet(where, text, AddressRange.of(address)) ? address : null;
    }

    private boolean isInSubnet(String where, String text, AddressRange range) {
        if (subnet == null || subnet.contains(range)) {
            return true;
        }
        String hint = "the subnet is " + subnet.range();
        report(ProblemType.INVALID, where, text, "must be within spec.subnet " + subnet, hint);
        return false;
    }

    private void checkGatewayIsFree() {
        Address taken = gateway;
        if (taken == null
                || !excluded.complete()
                || excluded.ranges().stream().anyMatch(range -> range.contains(taken))) {
            return;
        }
        for (int i = 0; i < source.ips.size(); i++) {
            AddressRange range = listed.atTexts().get(i);
            if (range != null && range.contains(taken)) {
                String where = "spec.ips[" + i + "]";
                String rule = "must not contain the gateway " + taken;
                String hint = "add " + taken + " to spec.excludeIPs, or remove it from spec.ips";
                report(ProblemType.INVALID, where, source.ips.get(i), rule, hint);
            }
        }
    }

    /** Static addresses must be listed and not excluded. */
    private void checkStatics() {
        if (subnet == null || source.staticIps.isEmpty() || !listed.complete() || !excluded.complete()) {
            return;
        }
        AddressSet without = excluded();
        AddressSet addresses = listed().minus(without);
        for (int i = 0; i < source.staticIps.size(); i++) {
            AddressRange range = statics.atTexts().get(i);
            if (range != null && !addresses.contains(range)) {
                String rule = "must be within spec.ips without spec.excludeIPs";
                String hint = staticHint(firstMissing(range, addresses), without);
                report(ProblemType.INVALID, "staticIPs[" + i + "]", source.staticIps.get(i), rule, hint);
            }
        }
    }

    /** Draining addresses must be neither allocatable nor the gateway. */
    private void checkDraining() {
        if (subnet == null || source.drainingIps.isEmpty() || !listed.complete() || !excluded.complete()) {
            return;
        }
        AddressSet lasting = listed().minus(excluded());
        Address router = gateway;
        for (int i = 0; i < source.drainingIps.size(); i++) {
            AddressRange range = draining.atTexts().get(i);
            boolean isLasting = range != null && lasting.overlaps(AddressSet.of(range));
            if (isLasting || (range != null && router != null && range.contains(router))) {
                String rule =
                        isLasting ? "must not be within spec.ips without spec.excludeIPs" : "must not be the gateway";
                String hint = "remove it from the draining addresses";
                report(ProblemType.INVALID, "drainingIPs[" + i + "]", source.drainingIps.get(i), rule, hint);
            }
        }
    }

    /** The first address of a range that is not in a set; the set does not contain the range. */
    private static Address firstMissing(AddressRange range, AddressSet addresses) {
        int index = addresses.rangeIndexOf(range.first().high(), range.first().low());
        return index < 0 ? range.first() : addresses.range(index).last().next();
    }

    private static String staticHint(Address missing, AddressSet excluded) {
        String change = excluded.contains(missing)
                ? "remove " + missing + " from spec.excludeIPs"
                : "add " + missing + " to spec.ips";
        return change + ", or remove it from the static ranges";
    }

    private void readRoutes() {
        Set<Prefix> seen = new HashSet<>();
        for (int i = 0; i < source.routes.size(); i++) {
            PoolBuilder.RouteText route = source.routes.get(i);
            String where = "spec.routes[" + i + "]";
            Prefix destination = readDestination(where + ".dst", route.destination(), seen);
            Address via = readInSubnet(where + ".gw", route.gateway());
            if (destination != null && via != null && destination.family() == via.family()) {
                routes.add(new Route(destination, via));
            }
        }
    }

    private @Nullable Prefix readDestination(String where, String text, Set<Prefix> seen) {
        Prefix destination =
                read(where, () -> family == null ? Prefix.parseMasked(text) : Prefix.parseMasked(family, text));
        if (destination == null) {
            return null;
        }
        if (destination.length() == 0) {
            report(ProblemType.INVALID, where, text, "must not be the default route", "set spec.gateway instead");
        } else if (!seen.add(destination)) {
            String rule = "destinations must differ; " + destination + " occurs twice";
            report(ProblemType.INVALID, where, text, rule, "remove one of them");
        }
        return destination;
    }

    /**
     * The result of the reader; null after its problems were reported. The problems of a present
     * text have the type INVALID, even if the text is empty.
     */
    private <T> @Nullable T read(String where, Supplier<T> reader) {
        try {
            return reader.get();
        } catch (InvalidAddressException e) {
            for (Problem found : e.problems()) {
                Problem here = found.withWhere(where);
                problems.add(new Problem(
                        ProblemType.INVALID,
                        here.where(),
                        here.position(),
                        here.offending(),
                        here.rule(),
                        here.hint()));
            }
            return null;
        }
    }

    private void report(ProblemType type, String where, String offending, String rule, String hint) {
        problems.add(Problem.of(type, where, offending, rule, hint));
    }
}
