package io.ipam.documents;

import io.ipam.pool.InvalidCatalogException;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.pool.ReservedRange;
import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Adds documents to a catalog one by one and omits those that do not fit. Pools whose deletion has
 * begun are added last, so that other pools are preferred.
 *
 * <p>Cost: that of a strict catalog if all fit. Otherwise each addition of a pool copies arrays of
 * references to the others. Thread safety: none.
 */
final class CatalogFitter {
    private static final String NAME = "metadata.name";

    private final Documents documents;
    private final IdentityHashMap<Document, FittingCatalog.Misfit> misfits = new IdentityHashMap<>();
    private PoolCatalog catalog;

    CatalogFitter(Documents documents) {
        this.documents = documents;
        List<ReservedRange> reserved = reserved();
        catalog = PoolCatalog.of(List.of(), reserved);
    }

    private List<ReservedRange> reserved() {
        List<ReservedRange> first = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Document document : documents.items()) {
            if (document instanceof ReservedDocument reserved) {
                if (names.add(document.name())) {
                    first.add(reserved.reserved());
                } else {
                    omitRepeated(document);
                }
            }
        }
        return first;
    }

    FittingCatalog fit() {
        if (misfits.isEmpty() && allFit()) {
            return new FittingCatalog(catalog, List.of());
        }
        documents.poolDocuments().stream()
                .sorted(Comparator.comparing(document -> document.pool().isTerminating()))
                .forEach(this::add);
        List<FittingCatalog.Misfit> inOrder = documents.items().stream()
                .map(misfits::get)
                .filter(Objects::nonNull)
                .toList();
        return new FittingCatalog(catalog, inOrder);
    }

    private boolean allFit() {
        try {
            catalog = documents.toCatalog();
            return true;
        } catch (InvalidCatalogException someDoesNotFit) {
            return false;
        }
    }

    private void add(PoolDocument document) {
        if (catalog.pool(document.name()).isPresent()) {
            omitRepeated(document);
            return;
        }
        try {
            catalog = catalog.with(document.pool());
        } catch (InvalidCatalogException e) {
            omit(document, clashing(document.pool()), e.problems());
        }
    }

    private void omitRepeated(Document document) {
        Problem problem = Problem.of(
                ProblemType.DUPLICATE, NAME, document.name(), "must be unique", "rename or remove one of them");
        omit(document, List.of(document.name()), List.of(problem));
    }

    private void omit(Document document, List<String> clashesWith, List<Problem> problems) {
        misfits.put(document, new FittingCatalog.Misfit(document, clashesWith, problems));
    }

    private List<String> clashing(Pool pool) {
        return catalog.pools().stream()
                .filter(other -> clash(pool, other))
                .map(Pool::name)
                .toList();
    }

    /** Two subnets that differ and have an address in common, or a common address of two pools. */
    private static boolean clash(Pool pool, Pool other) {
        if (pool.family() != other.family()) {
            return false;
        }
        return pool.subnet().equals(other.subnet())
                ? pool.addresses().overlaps(other.addresses())
                : pool.subnet().overlaps(other.subnet());
    }
}
