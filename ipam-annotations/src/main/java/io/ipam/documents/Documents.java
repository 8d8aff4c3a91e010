package io.ipam.documents;

import io.ipam.json.JsonText;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.pool.ReservedRange;
import io.ipam.subnet.Subnet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Documents in an order: the contents of a list. Thread safety: immutable.
 *
 * @param items the documents
 */
public record Documents(List<Document> items) {
    /** Copies the list. */
    public Documents {
        items = List.copyOf(items);
    }

    /**
     * {@return the documents of a catalog, without status: pools in name order, then reserved
     * ranges}
     *
     * @param catalog the catalog
     */
    public static Documents of(PoolCatalog catalog) {
        List<Document> items = new ArrayList<>();
        catalog.pools().forEach(pool -> items.add(PoolDocument.of(pool)));
        catalog.reservedRanges().forEach(range -> items.add(ReservedDocument.of(range)));
        return new Documents(items);
    }

    /** {@return the SpiderIPPool documents, in their order} */
    public List<PoolDocument> poolDocuments() {
        return items.stream()
                .filter(PoolDocument.class::isInstance)
                .map(PoolDocument.class::cast)
                .toList();
    }

    /** {@return the pools, in their order} */
    public List<Pool> pools() {
        return poolDocuments().stream().map(PoolDocument::pool).toList();
    }

    /** {@return the reserved ranges, in their order} */
    public List<ReservedRange> reserved() {
        return items.stream()
                .filter(ReservedDocument.class::isInstance)
                .map(item -> ((ReservedDocument) item).reserved())
                .toList();
    }

    /** {@return the subnets, in their order} */
    public List<Subnet> subnets() {
        return items.stream()
                .filter(SubnetDocument.class::isInstance)
                .map(item -> ((SubnetDocument) item).subnet())
                .toList();
    }

    /** {@return the SpiderEndpoint documents, in their order} */
    public List<EndpointDocument> endpoints() {
        return items.stream()
                .filter(EndpointDocument.class::isInstance)
                .map(EndpointDocument.class::cast)
                .toList();
    }

    /** {@return the SpiderMultusConfig documents, in their order} */
    public List<MultusConfigDocument> multusConfigs() {
        return items.stream()
                .filter(MultusConfigDocument.class::isInstance)
                .map(MultusConfigDocument.class::cast)
                .toList();
    }

    /**
     * Puts the pools and reserved ranges into a catalog.
     *
     * @return the catalog
     * @throws io.ipam.pool.InvalidCatalogException if pools contradict one another
     */
    public PoolCatalog toCatalog() {
        return PoolCatalog.of(pools(), reserved());
    }

    /**
     * {@return the catalog of the pools and reserved ranges that fit together, and the documents
     * that were omitted}
     *
     * <p>Of two documents that clash, the first one is kept, unless it is a pool whose deletion has
     * begun. An omitted pool does not clash with later documents.
     *
     * <p>Cost: that of {@link #toCatalog()} if all fit. Otherwise O(pools^2) copies of references,
     * about a second for 10,000 pools.
     */
    public FittingCatalog toFittingCatalog() {
        return new CatalogFitter(this).fit();
    }

    /** {@return the documents as a {@code kind: List}; see {@link Document#toMap()}} */
    public Map<String, Object> toMap() {
        return new Tree()
                .put("apiVersion", "v1")
                .put("kind", "List")
                .put("items", items.stream().map(Document::toMap).toList())
                .map();
    }

    /** {@return the tree of {@link #toMap()} as JSON on one line} */
    public String toJson() {
        return JsonText.of(toMap());
    }
}
