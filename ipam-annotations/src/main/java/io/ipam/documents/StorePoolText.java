package io.ipam.documents;

import io.ipam.address.Address;
import io.ipam.pool.LabelRequirement;
import io.ipam.pool.LabelSelector;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolAffinity;
import io.ipam.pool.PoolBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The definition of a pool as a tree; {@link StoreText} has the form. Thread safety: stateless. */
final class StorePoolText {
    private static final Set<String> POOL = Set.of(
            "name",
            "subnet",
            "ips",
            "excludeIPs",
            "staticIPs",
            "drainingIPs",
            "gateway",
            "routes",
            "labels",
            "default",
            "disabled",
            "deletedAt",
            "podAffinity",
            "namespaceAffinity",
            "nodeAffinity",
            "namespaceNames",
            "nodeNames",
            "attachments");
    private static final Set<String> SELECTOR = Set.of("matchLabels", "matchExpressions");
    private static final Set<String> REQUIREMENT = Set.of("key", "operator", "values");

    private StorePoolText() {}

    static Map<String, Object> write(Pool pool) {
        PoolAffinity affinity = pool.affinity();
        return new StoredFields()
                .put("name", pool.name())
                .put("subnet", pool.subnet().toString())
                .putList("ips", pool.ipTexts(), Function.identity())
                .putList("excludeIPs", pool.excludeIpTexts(), Function.identity())
                .putList("staticIPs", pool.staticIpTexts(), Function.identity())
                .putList("drainingIPs", pool.drainingIpTexts(), Function.identity())
                .putOptional("gateway", pool.gateway(), Address::toString)
                .putList(
                        "routes",
                        pool.routes(),
                        route -> List.of(
                                route.destination().toString(), route.gateway().toString()))
                .putPairs("labels", pool.labels())
                .putFlag("default", pool.isDefault())
                .putFlag("disabled", pool.isDisabled())
                .putOptional("deletedAt", pool.deletedAt(), Instant::toString)
                .putOptional("podAffinity", affinity.pod(), StorePoolText::selector)
                .putOptional("namespaceAffinity", affinity.namespace(), StorePoolText::selector)
                .putOptional("nodeAffinity", affinity.node(), StorePoolText::selector)
                .putList("namespaceNames", affinity.namespaceNames(), Function.identity())
                .putList("nodeNames", affinity.nodeNames(), Function.identity())
                .putList("attachments", affinity.attachments(), Function.identity())
                .map();
    }

    private static Map<String, Object> selector(LabelSelector selector) {
        return new StoredFields()
                .putPairs("matchLabels", selector.matchLabels())
                .putList("matchExpressions", selector.matchExpressions(), StorePoolText::requirement)
                .map();
    }

    private static Map<String, Object> requirement(LabelRequirement requirement) {
        return new StoredFields()
                .put("key", requirement.key())
                .put("operator", requirement.operator().text())
                .putList("values", requirement.values(), Function.identity())
                .map();
    }

    static Pool read(StoredValue stored) {
        stored.only(POOL);
        PoolBuilder pool = Pool.builder(
                        stored.at("name").text(), stored.at("subnet").text())
                .rangesOnly()
                .ips(stored.at("ips").texts())
                .excludeIps(stored.at("excludeIPs").texts())
                .staticIps(stored.at("staticIPs").texts())
                .drainingIps(stored.at("drainingIPs").texts())
                .labels(stored.at("labels").pairs())
                .defaultPool(stored.at("default").flag())
                .disabled(stored.at("disabled").flag())
                .affinity(affinity(stored));
        stored.at("gateway").map(StoredValue::text).ifPresent(pool::gateway);
        for (StoredValue route : stored.at("routes").elements()) {
            pool.route(route.pair().getKey(), route.pair().getValue());
        }
        stored.at("deletedAt").map(StoredValue::text).map(Instant::parse).ifPresent(pool::terminating);
        return pool.build();
    }

    private static PoolAffinity affinity(StoredValue stored) {
        return new PoolAffinity(
                stored.at("podAffinity").map(StorePoolText::readSelector),
                stored.at("namespaceAffinity").map(StorePoolText::readSelector),
                stored.at("nodeAffinity").map(StorePoolText::readSelector),
                stored.at("namespaceNames").texts(),
                stored.at("nodeNames").texts(),
                stored.at("attachments").texts());
    }

    private static LabelSelector readSelector(StoredValue stored) {
        stored.only(SELECTOR);
        LabelSelector.Builder selector =
                LabelSelector.builder().matchLabels(stored.at("matchLabels").pairs());
        for (StoredValue requirement : stored.at("matchExpressions").elements()) {
            requirement.only(REQUIREMENT);
            selector.matchExpression(
                    requirement.at("key").text(),
                    requirement.at("operator").text(),
                    requirement.at("values").texts());
        }
        return selector.anyValues().build(); // the pool verifies the values
    }
}
