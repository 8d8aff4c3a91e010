package io.ipam.documents;

import io.ipam.address.Family;
import io.ipam.problem.Problem;
import io.ipam.subnet.InvalidSubnetException;
import io.ipam.subnet.Subnet;
import io.ipam.subnet.SubnetBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads one SpiderSubnet; see {@link DocumentReader} for the grammar. Thread safety: immutable. */
final class SubnetDocumentReader {
    private final boolean strict;
    private final Set<Family> families;

    SubnetDocumentReader(boolean strict, Set<Family> families) {
        this.strict = strict;
        this.families = families;
    }

    /** The document, or empty with everything that is wrong added to {@code problems}. */
    Optional<SubnetDocument> read(DocumentFields item, List<Problem> problems) {
        List<Problem> own = new ArrayList<>();
        DocumentFields document = item.collectingIn(own);
        document.ignoring(Set.of("apiVersion", "kind"));
        Metadata metadata = Metadata.read(document, strict, own);
        Optional<DocumentFields> spec = document.object("spec");
        SubnetBuilder builder = Subnet.builder(
                        metadata.name(),
                        spec.flatMap(fields -> fields.text("subnet")).orElse(""))
                .labels(metadata.labels());
        metadata.deletedAt().ifPresent(builder::terminating);
        spec.ifPresent(fields -> readSpec(fields, builder));
        Optional<SubnetStatus> status = document.object("status").map(SubnetStatus::read);
        if (strict) {
            document.refuseUnknown();
        }
        Optional<Subnet> subnet = build(builder, document, own);
        problems.addAll(own);
        return subnet.map(built -> new SubnetDocument(built, status));
    }

    private Optional<Subnet> build(SubnetBuilder builder, DocumentFields document, List<Problem> own) {
        try {
            Subnet subnet = builder.build(families);
            return own.isEmpty() ? Optional.of(subnet) : Optional.empty();
        } catch (InvalidSubnetException e) {
            document.addUntold(document.withoutDerived(e.problems()));
            return Optional.empty();
        }
    }

    private void readSpec(DocumentFields spec, SubnetBuilder builder) {
        spec.familyNumber().ifPresent(builder::family);
        builder.ips(spec.texts("ips")).excludeIps(spec.texts("excludeIPs"));
        spec.text("gateway").filter(text -> !text.isEmpty()).ifPresent(builder::gateway);
        spec.forEachObject("routes", route -> {
            builder.route(
                    route.requiredText("dst").orElse(""),
                    route.requiredText("gw").orElse(""));
            refuseUnknown(route);
        });
        refuseUnknown(spec.ignoring(PoolDocumentReader.OF_NO_USE));
    }

    private void refuseUnknown(DocumentFields fields) {
        if (strict) {
            fields.refuseUnknown();
        }
    }
}
