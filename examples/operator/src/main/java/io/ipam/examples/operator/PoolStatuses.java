package io.ipam.examples.operator;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.ipam.Ipam;
import io.ipam.documents.PoolStatus;
import io.ipam.documents.Takeover;
import io.ipam.pool.Pool;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The status of a pool document as a tree. Thread safety: stateless. */
final class PoolStatuses {
    private PoolStatuses() {}

    /** {@return the status that a document notes, as a copy} */
    static Map<String, Object> noted(GenericKubernetesResource document) {
        Map<String, Object> status = document.get("status");
        return status == null ? new HashMap<>() : new HashMap<>(status);
    }

    /** {@return the status of a pool; empty for a closed one, whose document must stay as it is} */
    static Optional<Map<String, Object>> of(Ipam ipam, Pool pool, UnaryOperator<PoolStatus> edit) {
        return Takeover.allocatedIps(ipam.state().export(pool.name()), pool.name())
                .map(holders -> edit.apply(PoolStatus.of(pool, holders).within64Bits()))
                .map(status -> new HashMap<>(status.toMap()));
    }

    static GenericKubernetesResource with(GenericKubernetesResource document, Map<String, Object> status) {
        GenericKubernetesResource next = new GenericKubernetesResourceBuilder(document).build();
        Map<String, Object> properties = new HashMap<>(document.getAdditionalProperties());
        properties.put("status", status);
        next.setAdditionalProperties(properties);
        return next;
    }
}
