package io.ipam.documents;

import static java.util.Objects.requireNonNull;

import io.ipam.pool.PoolCatalog;
import io.ipam.problem.Problem;
import java.util.List;

/**
 * The pools and reserved ranges of some documents that fit together, and those that do not.
 *
 * <p>Thread safety: immutable.
 *
 * @param catalog the pools and reserved ranges that fit
 * @param misfits the documents that were omitted, in their order
 */
public record FittingCatalog(PoolCatalog catalog, List<Misfit> misfits) {
    /** Copies the list. */
    public FittingCatalog {
        requireNonNull(catalog, "catalog");
        misfits = List.copyOf(requireNonNull(misfits, "misfits"));
    }

    /**
     * A document that clashes with those of the catalog.
     *
     * @param document the document
     * @param clashesWith the names of the pools or reserved ranges of the catalog with which it
     *     clashes, by name
     * @param problems the reasons, with paths in the document
     */
    public record Misfit(Document document, List<String> clashesWith, List<Problem> problems) {
        /** Copies the lists. */
        public Misfit {
            requireNonNull(document, "document");
            clashesWith = List.copyOf(requireNonNull(clashesWith, "clashesWith"));
            problems = List.copyOf(requireNonNull(problems, "problems"));
        }

        /** {@return {@code SpiderIPPool blue-v4 does not fit [red-v4]: ..}} */
        @Override
        public String toString() {
            List<String> texts = problems.stream().map(Problem::message).toList();
            return document.kind() + " " + document.name() + " does not fit " + clashesWith + ": "
                    + String.join("; ", texts);
        }
    }
}
