package io.ipam.examples.operator.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.ipam.Ipam;
import io.ipam.documents.PoolStatus;
import io.ipam.documents.Takeover;
import io.ipam.pool.Pool;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The status of a pool document as a tree. Thread safety: stateless. */
public final class PoolStatuses {
    private PoolStatuses() {}

    /** {@return the status that a document notes, as a copy} */
    public static Map<String, Object> noted(GenericKubernetesResource document) {
        Map<String, Object> status = document.get("status");
        return status == null ? new HashMap<>() : new HashMap<>(status);
    }

    /** {@return the status of a pool; empty for a closed one, whose document must stay as it is} */
    public static Optional<Map<String, Object>> of(Ipam ipam, Pool pool) {
        return Takeover.allocatedIps(ipam.state().export(pool.name()), pool.name())
                .map(holders -> new HashMap<>(
                        PoolStatus.of(pool, holders).within64Bits().toMap()));
    }

    /** {@return a copy of a document with another status} */
    public static GenericKubernetesResource with(GenericKubernetesResource document, Map<String, Object> status) {
        GenericKubernetesResource next = new GenericKubernetesResourceBuilder(document).build();
        Map<String, Object> properties = new HashMap<>(document.getAdditionalProperties());
        properties.put("status", status);
        next.setAdditionalProperties(properties);
        return next;
    }
}
