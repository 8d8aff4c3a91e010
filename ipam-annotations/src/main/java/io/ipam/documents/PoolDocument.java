package io.ipam.documents;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Address;
import io.ipam.pool.LabelRequirement;
import io.ipam.pool.LabelSelector;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolAffinity;
import io.ipam.pool.Route;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A SpiderIPPool: the definition of a pool, and its use as the cluster last recorded it.
 *
 * <p>Of the metadata, the name, the labels, the time of deletion, and the annotations {@value
 * #STATIC_IPS} and {@value #DRAINING_IPS} are kept. A written document always states {@code
 * ipVersion}, {@code default} and {@code disable}, as the API server does. Thread safety:
 * immutable.
 *
 * @param pool the definition
 * @param status the recorded use; empty if there is none
 */
public record PoolDocument(Pool pool, Optional<PoolStatus> status) implements Document {
    /** The kind of these documents. */
    public static final String KIND = "SpiderIPPool";
    /**
     * The annotation with the static ranges of a pool, a JSON list such as {@code
     * ["10.6.1.200-10.6.1.250"]}. See {@link Pool#staticAddresses()}.
     */
    public static final String STATIC_IPS = "ipam.io/static-ips";

    /**
     * The annotation with the draining addresses of a pool, a JSON list in the same form. See
     * {@link Pool#drainingAddresses()}.
     */
    public static final String DRAINING_IPS = "ipam.io/draining-ips";

    /** Checks for null. */
    public PoolDocument {
        requireNonNull(pool, "pool");
        requireNonNull(status, "status");
    }

    /**
     * {@return a document without status}
     *
     * @param pool the definition
     */
    public static PoolDocument of(Pool pool) {
        return new PoolDocument(pool, Optional.empty());
    }

    /**
     * {@return a copy with another status}
     *
     * @param newStatus the status
     */
    public PoolDocument withStatus(PoolStatus newStatus) {
        return new PoolDocument(pool, Optional.of(newStatus));
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String name() {
        return pool.name();
    }

    @Override
    public Map<String, Object> toMap() {
        Tree tree = Metadata.document(KIND, pool.name(), PoolRangesAnnotation.of(pool), pool.labels(), pool.deletedAt())
                .put("spec", spec());
        status.ifPresent(noted -> tree.put("status", noted.toMap()));
        return tree.map();
    }

    private Map<String, Object> spec() {
        PoolAffinity affinity = pool.affinity();
        Tree spec = new Tree()
                .put("ipVersion", BigInteger.valueOf(pool.family().number()))
                .put("subnet", pool.subnet().toString())
                .putList("ips", pool.ipTexts(), Function.identity())
                .putList("excludeIPs", pool.excludeIpTexts(), Function.identity())
                .put("gateway", pool.gateway().map(Address::toString).orElse(null))
                .putList("routes", pool.routes(), PoolDocument::route)
                .putList("namespaceName", affinity.namespaceNames(), Function.identity())
                .putList("nodeName", affinity.nodeNames(), Function.identity())
                .putList("multusName", affinity.attachments(), Function.identity())
                .put("default", (Object) pool.isDefault())
                .put("disable", (Object) pool.isDisabled());
        affinity.pod().ifPresent(selector -> spec.put("podAffinity", selector(selector)));
        affinity.namespace().ifPresent(selector -> spec.put("namespaceAffinity", selector(selector)));
        affinity.node().ifPresent(selector -> spec.put("nodeAffinity", selector(selector)));
        return spec.map();
    }

    static Map<String, Object> route(Route route) {
        return new Tree()
                .put("dst", route.destination().toString())
                .put("gw", route.gateway().toString())
                .map();
    }

    private static Map<String, Object> selector(LabelSelector selector) {
        return new Tree()
                .putTexts("matchLabels", selector.matchLabels())
                .putList("matchExpressions", selector.matchExpressions(), PoolDocument::requirement)
                .map();
    }

    private static Map<String, Object> requirement(LabelRequirement requirement) {
        return new Tree()
                .put("key", requirement.key())
                .put("operator", requirement.operator().text())
                .putList("values", requirement.values(), Function.identity())
                .map();
    }
}
