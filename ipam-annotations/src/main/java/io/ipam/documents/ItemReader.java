package io.ipam.documents;

import io.ipam.address.AddressRange;
import io.ipam.address.AddressSet;
import io.ipam.address.Family;
import io.ipam.address.InvalidAddressException;
import io.ipam.address.Prefix;
import io.ipam.pool.InvalidPoolException;
import io.ipam.pool.LabelSelector;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolAffinity;
import io.ipam.pool.PoolBuilder;
import io.ipam.pool.ReservedRange;
import io.ipam.problem.InvalidInputException;
import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import io.ipam.subnet.InvalidSubnetException;
import io.ipam.subnet.Subnet;
import io.ipam.subnet.SubnetBuilder;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Reads one document of a known kind; see {@link DocumentReader} for the grammar. Thread safety:
 * none; used for one document.
 */
final class ItemReader {
    /** Known fields that are ignored. */
    private static final Set<String> OF_NO_USE = Set.of("vlan");

    private final boolean strict;
    private final Set<Family> families;
    private final ProblemLog problems = new ProblemLog();
    private final DocumentFields document;
    private final Metadata metadata;
    private final Optional<DocumentFields> spec;

    ItemReader(DocumentFields item, boolean strict, Set<Family> families) {
        this.strict = strict;
        this.families = families;
        document = item.collectingIn(problems).ignoring(Set.of("apiVersion", "kind"));
        metadata = Metadata.read(document, strict, problems);
        spec = document.object("spec");
    }

    /** All problems of the document; complete after it was read. */
    ProblemLog problems() {
        return problems;
    }

    /** The SpiderIPPool, or empty with problems. */
    Optional<Document> pool() {
        PoolBuilder builder = Pool.builder(metadata.name(), subnetText())
                .labels(metadata.labels())
                .rangesOnly();
        metadata.deletedAt().ifPresent(builder::terminating);
        metadata.fields()
                .flatMap(fields -> fields.object("annotations"))
                .ifPresent(annotations -> PoolRangesAnnotation.read(annotations, strict, problems, builder));
        spec.ifPresent(fields -> {
            fields.familyNumber().ifPresent(builder::family);
            builder.ips(fields.texts("ips")).excludeIps(fields.texts("excludeIPs"));
            gateway(fields).ifPresent(builder::gateway);
            forEachRoute(fields, builder::route);
            builder.affinity(affinity(fields));
            builder.defaultPool(fields.flag("default").orElse(false));
            builder.disabled(fields.flag("disable").orElse(false));
            refuseUnknown(fields.ignoring(OF_NO_USE));
        });
        Optional<PoolStatus> status = document.object("status").map(PoolStatus::read);
        refuseUnknown(document);
        return built(() -> new PoolDocument(builder.build(families), status));
    }

    /** The SpiderSubnet, or empty with problems. */
    Optional<Document> subnet() {
        SubnetBuilder builder = Subnet.builder(metadata.name(), subnetText())
                .labels(metadata.labels())
                .rangesOnly();
        metadata.deletedAt().ifPresent(builder::terminating);
        spec.ifPresent(fields -> {
            fields.familyNumber().ifPresent(builder::family);
            builder.ips(fields.texts("ips")).excludeIps(fields.texts("excludeIPs"));
            gateway(fields).ifPresent(builder::gateway);
            forEachRoute(fields, builder::route);
            refuseUnknown(fields.ignoring(OF_NO_USE));
        });
        Optional<SubnetStatus> status = document.object("status").map(SubnetStatus::read);
        refuseUnknown(document);
        return built(() -> new SubnetDocument(builder.build(families), status));
    }

    /** The SpiderReservedIP, or empty with problems. */
    Optional<Document> reserved() {
        List<String> ips = spec.map(fields -> fields.texts("ips")).orElse(List.of());
        Optional<Family> family = spec.flatMap(fields -> familyOf(fields, ips));
        if (spec.isEmpty()) {
            problems.add(Problem.of(ProblemType.REQUIRED, document.at("spec"), "", "is required"));
        }
        spec.ifPresent(this::refuseUnknown);
        refuseUnknown(document.ignoring(Set.of("status")));
        return family.flatMap(known -> reserved(known, ips));
    }

    private Optional<Document> reserved(Family family, List<String> ips) {
        if (metadata.name().isEmpty()) {
            String where = "metadata.name";
            document.addUntold(
                    List.of(Problem.of(ProblemType.REQUIRED, where, "", "a reserved range must have a name")));
        }
        Optional<AddressSet> addresses = addresses(family, ips);
        return problems.isEmpty() ? addresses.map(set -> reserved(set, ips)) : Optional.empty();
    }

    private Optional<AddressSet> addresses(Family family, List<String> ips) {
        try {
            return Optional.of(AddressSet.parseRanges(family, ips));
        } catch (InvalidAddressException e) {
            document.addUntold(e.problems().stream()
                    .map(problem -> problem.withWhere("spec.ips"))
                    .toList());
            return Optional.empty();
        }
    }

    private Document reserved(AddressSet addresses, List<String> ips) {
        ReservedRange range = ReservedRange.of(metadata.name(), addresses);
        boolean terminating = metadata.deletedAt().isPresent();
        return new ReservedDocument(terminating ? range.asTerminating() : range, ips, metadata.deletedAt());
    }

    /** The SpiderEndpoint, or empty with problems. */
    Optional<Document> endpoint() {
        NamespacedReader reader = new NamespacedReader(strict, problems);
        Document endpoint = reader.endpoint(document, metadata.name(), metadata.fields());
        refuseUnknown(document.ignoring(Set.of("spec")));
        return problems.isEmpty() ? Optional.of(endpoint) : Optional.empty();
    }

    /** The SpiderMultusConfig, or empty with problems. */
    Optional<Document> multusConfig() {
        NamespacedReader reader = new NamespacedReader(strict, problems);
        Document config = reader.multusConfig(document, metadata.name(), metadata.fields());
        refuseUnknown(document.ignoring(Set.of("status")));
        return problems.isEmpty() ? Optional.of(config) : Optional.empty();
    }

    /**
     * The document if there are no problems; otherwise the problems of the definition are added to
     * those of its form.
     */
    private Optional<Document> built(Supplier<Document> build) {
        try {
            Document whole = build.get();
            return problems.isEmpty() ? Optional.of(whole) : Optional.empty();
        } catch (InvalidPoolException | InvalidSubnetException e) {
            addUntold(e);
            return Optional.empty();
        }
    }

    private void addUntold(InvalidInputException refusal) {
        List<Problem> found = document.withoutDerived(refusal.problems());
        document.addUntold(found.stream().map(PoolRangesAnnotation::inDocument).toList());
    }

    private String subnetText() {
        return spec.flatMap(fields -> fields.text("subnet")).orElse("");
    }

    private static Optional<String> gateway(DocumentFields fields) {
        return fields.text("gateway").filter(text -> !text.isEmpty());
    }

    private void forEachRoute(DocumentFields fields, BiConsumer<String, String> destinationAndGateway) {
        fields.forEachObject("routes", route -> {
            destinationAndGateway.accept(
                    route.requiredText("dst").orElse(""),
                    route.requiredText("gw").orElse(""));
            refuseUnknown(route);
        });
    }

    private PoolAffinity affinity(DocumentFields fields) {
        return new PoolAffinity(
                selector(fields, "podAffinity"),
                selector(fields, "namespaceAffinity"),
                selector(fields, "nodeAffinity"),
                fields.texts("namespaceName"),
                fields.texts("nodeName"),
                fields.texts("multusName"));
    }

    private Optional<LabelSelector> selector(DocumentFields parent, String key) {
        Optional<DocumentFields> found = parent.object(key);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        DocumentFields fields = found.get();
        int before = problems.count();
        LabelSelector.Builder builder = LabelSelector.builder().matchLabels(fields.textsByName("matchLabels"));
        if (key.equals("podAffinity")) {
            builder.anyValues();
        }
        fields.forEachObject("matchExpressions", expression -> {
            builder.matchExpression(
                    expression.requiredText("key").orElse(""),
                    expression.requiredText("operator").orElse(""),
                    expression.texts("values"));
            refuseUnknown(expression);
        });
        refuseUnknown(fields);
        fields.addUntold(builder.problems());
        return problems.count() == before ? Optional.of(builder.build()) : Optional.empty();
    }

    /** The stated family, otherwise that of the first readable address. */
    private Optional<Family> familyOf(DocumentFields fields, List<String> ips) {
        Optional<BigInteger> version = fields.wholeNumber("ipVersion");
        if (version.isPresent()) {
            Optional<Family> stated = version.filter(number -> number.bitLength() < Integer.SIZE)
                    .flatMap(number -> Family.ofNumber(number.intValue()));
            if (stated.isEmpty()) {
                String found = version.get().toString();
                problems.add(Problem.of(ProblemType.NOT_SUPPORTED, fields.at("ipVersion"), found, "must be 4 or 6"));
            }
            return stated;
        }
        Optional<Family> shown =
                ips.stream().flatMap(text -> familyOf(text).stream()).findFirst();
        if (shown.isEmpty()) {
            problems.add(
                    ips.isEmpty()
                            ? Problem.of(
                                    ProblemType.REQUIRED,
                                    fields.at("ipVersion"),
                                    "",
                                    "is required unless an address determines the family")
                            : Problem.of(ProblemType.INVALID, fields.at("ips"), ips.get(0), "must contain an address"));
        }
        return shown;
    }

    /**
     * The family of a range, or of a prefix. A prefix is refused later, with the range to write.
     */
    private static Optional<Family> familyOf(String text) {
        try {
            boolean isPrefix = text.indexOf('/') >= 0;
            return Optional.of(
                    isPrefix
                            ? Prefix.parseMasked(text).family()
                            : AddressRange.parse(text).family());
        } catch (InvalidAddressException e) {
            return Optional.empty();
        }
    }

    private void refuseUnknown(DocumentFields fields) {
        if (strict) {
            fields.refuseUnknown();
        }
    }
}
