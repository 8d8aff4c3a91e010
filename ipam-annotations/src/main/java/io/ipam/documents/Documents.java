package io.ipam.documents;

import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.pool.ReservedRange;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Documents in an order: what a list holds. Thread safety: immutable.
 *
 * @param items the documents
 */
public record Documents(List<Document> items) {
    /** Copies the list. */
    public Documents {
        items = List.copyOf(items);
    }

    /** The documents of these pools and reserved ranges, without status, in catalog order. */
    public static Documents of(Collection<? extends Document> items) {
        return new Documents(List.copyOf(items));
    }

    /** The SpiderIPPool documents, in their order. */
    public List<PoolDocument> poolDocuments() {
        return items.stream().filter(PoolDocument.class::isInstance).map(PoolDocument.class::cast).toList();
    }

    /** The pools, in their order. */
    public List<Pool> pools() {
        return poolDocuments().stream().map(PoolDocument::pool).toList();
    }

    /** The reserved ranges, in their order. */
    public List<ReservedRange> reserved() {
        return items.stream()
                .filter(ReservedDocument.class::isInstance)
                .map(item -> ((ReservedDocument) item).reserved())
                .toList();
    }

    /**
     * The catalog of these pools and reserved ranges.
     *
     * @throws io.ipam.pool.InvalidCatalogException when pools contradict one another
     */
    public PoolCatalog toCatalog() {
        return PoolCatalog.of(pools(), reserved());
    }

    /** The documents as a {@code kind: List}; see {@link Document#toMap()}. */
    public Map<String, Object> toMap() {
        return new Tree()
                .put("apiVersion", "v1")
                .put("kind", "List")
                .put("items", items.stream().map(Document::toMap).toList())
                .map();
    }

    /** The tree of {@link #toMap()} as JSON on one line. */
    public String toJson() {
        return Tree.json(toMap());
    }
}
