package io.ipam.documents;

import io.ipam.address.Family;
import io.ipam.pool.InvalidPoolException;
import io.ipam.pool.LabelSelector;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolAffinity;
import io.ipam.pool.PoolBuilder;
import io.ipam.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads one SpiderIPPool; see {@link DocumentReader} for the grammar. Thread safety: immutable. */
final class PoolDocumentReader {
    /** Fields that are known and left out. */
    static final Set<String> OF_NO_USE = Set.of("vlan");

    private final boolean strict;
    private final Set<Family> families;

    PoolDocumentReader(boolean strict, Set<Family> families) {
        this.strict = strict;
        this.families = families;
    }

    /** The document, or empty with everything that is wrong added to {@code problems}. */
    Optional<PoolDocument> read(DocumentFields item, List<Problem> problems) {
        List<Problem> own = new ArrayList<>();
        DocumentFields document = item.collectingIn(own);
        document.ignoring(Set.of("apiVersion", "kind"));
        Metadata metadata = Metadata.read(document, strict, own);
        Optional<DocumentFields> spec = document.object("spec");
        PoolBuilder builder = Pool.builder(
                        metadata.name(),
                        spec.flatMap(fields -> fields.text("subnet")).orElse(""))
                .labels(metadata.labels());
        metadata.deletedAt().ifPresent(builder::terminating);
        spec.ifPresent(fields -> readSpec(fields, builder, own));
        Optional<PoolStatus> status = document.object("status").map(PoolStatus::read);
        if (strict) {
            document.refuseUnknown();
        }
        Optional<Pool> pool = build(builder, document, own);
        problems.addAll(own);
        return pool.map(built -> new PoolDocument(built, status));
    }

    /** The pool if nothing at all is wrong; otherwise what the definition breaks joins the problems of its form. */
    private Optional<Pool> build(PoolBuilder builder, DocumentFields document, List<Problem> own) {
        try {
            Pool pool = builder.build(families);
            return own.isEmpty() ? Optional.of(pool) : Optional.empty();
        } catch (InvalidPoolException e) {
            document.addUntold(document.withoutDerived(e.problems()));
            return Optional.empty();
        }
    }

    private void readSpec(DocumentFields spec, PoolBuilder builder, List<Problem> own) {
        spec.familyNumber().ifPresent(builder::family);
        builder.ips(spec.texts("ips")).excludeIps(spec.texts("excludeIPs"));
        spec.text("gateway").filter(text -> !text.isEmpty()).ifPresent(builder::gateway);
        spec.forEachObject("routes", route -> {
            builder.route(
                    route.requiredText("dst").orElse(""),
                    route.requiredText("gw").orElse(""));
            refuseUnknown(route);
        });
        builder.affinity(affinity(spec, own));
        builder.defaultPool(spec.flag("default").orElse(false));
        builder.disabled(spec.flag("disable").orElse(false));
        refuseUnknown(spec.ignoring(OF_NO_USE));
    }

    private PoolAffinity affinity(DocumentFields spec, List<Problem> own) {
        return new PoolAffinity(
                selector(spec, "podAffinity", own),
                selector(spec, "namespaceAffinity", own),
                selector(spec, "nodeAffinity", own),
                spec.texts("namespaceName"),
                spec.texts("nodeName"),
                spec.texts("multusName"));
    }

    private Optional<LabelSelector> selector(DocumentFields spec, String key, List<Problem> own) {
        Optional<DocumentFields> found = spec.object(key);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        DocumentFields fields = found.get();
        int before = own.size();
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
        return own.size() == before ? Optional.of(builder.build()) : Optional.empty();
    }

    private void refuseUnknown(DocumentFields fields) {
        if (strict) {
            fields.refuseUnknown();
        }
    }
}
