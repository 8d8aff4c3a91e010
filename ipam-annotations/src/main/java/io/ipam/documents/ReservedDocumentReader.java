package io.ipam.documents;

import io.ipam.address.AddressRange;
import io.ipam.address.Family;
import io.ipam.address.InvalidAddressException;
import io.ipam.pool.InvalidPoolException;
import io.ipam.pool.ReservedRange;
import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads one SpiderReservedIP; see {@link DocumentReader} for the grammar. Thread safety: immutable. */
final class ReservedDocumentReader {
    private final boolean strict;

    ReservedDocumentReader(boolean strict) {
        this.strict = strict;
    }

    /** The document, or empty with everything that is wrong added to {@code problems}. */
    Optional<ReservedDocument> read(DocumentFields item, List<Problem> problems) {
        List<Problem> own = new ArrayList<>();
        DocumentFields document = item.collectingIn(own);
        document.ignoring(Set.of("apiVersion", "kind", "status"));
        Metadata metadata = Metadata.read(document, strict, own);
        Optional<DocumentFields> spec = document.object("spec");
        List<String> ips = spec.map(fields -> fields.texts("ips")).orElse(List.of());
        Optional<Family> family = spec.flatMap(fields -> family(fields, ips, own));
        if (spec.isEmpty()) {
            own.add(Problem.of(ProblemType.REQUIRED, document.at("spec"), "", "is required"));
        }
        if (strict) {
            spec.ifPresent(DocumentFields::refuseUnknown);
            document.refuseUnknown();
        }
        Optional<ReservedRange> range = family.flatMap(known -> range(metadata, known, ips, item.path(), own));
        problems.addAll(own);
        return range.filter(known -> own.isEmpty())
                .map(known -> new ReservedDocument(known, ips, metadata.deletedAt()));
    }

    private static Optional<ReservedRange> range(
            Metadata metadata, Family family, List<String> ips, String path, List<Problem> own) {
        try {
            ReservedRange range = ReservedRange.parse(metadata.name(), family, ips);
            return Optional.of(metadata.deletedAt().isPresent() ? range.asTerminating() : range);
        } catch (InvalidPoolException e) {
            e.problems().forEach(problem -> own.add(problem.withWhere(path)));
            return Optional.empty();
        }
    }

    /** The family stated, else that of the first address that is one. */
    private static Optional<Family> family(DocumentFields spec, List<String> ips, List<Problem> own) {
        Optional<BigInteger> version = spec.wholeNumber("ipVersion");
        if (version.isPresent()) {
            Optional<Family> stated = version.get().bitLength() < Integer.SIZE
                    ? Family.ofNumber(version.get().intValue())
                    : Optional.empty();
            if (stated.isEmpty()) {
                own.add(Problem.of(
                        ProblemType.NOT_SUPPORTED,
                        spec.at("ipVersion"),
                        version.get().toString(),
                        "must be 4 or 6"));
            }
            return stated;
        }
        Optional<Family> shown =
                ips.stream().flatMap(text -> family(text).stream()).findFirst();
        if (shown.isPresent()) {
            return shown;
        }
        if (ips.isEmpty()) {
            own.add(Problem.of(
                    ProblemType.REQUIRED, spec.at("ipVersion"), "", "is required where no address shows the family"));
        } else {
            own.add(Problem.of(ProblemType.INVALID, spec.at("ips"), ips.get(0), "holds no address at all"));
        }
        return Optional.empty();
    }

    private static Optional<Family> family(String range) {
        try {
            return Optional.of(AddressRange.parse(range).first().family());
        } catch (InvalidAddressException e) {
            return Optional.empty();
        }
    }
}
