package io.ipam.resolution;

import static java.util.Objects.requireNonNull;

import io.ipam.owner.Owner;
import io.ipam.pool.Application;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A workload that requests addresses, with all properties that pools may select.
 *
 * <p>Thread safety: immutable.
 */
public final class Workload {
    /**
     * The label that the API server sets on every namespace; its value is the name of the
     * namespace.
     */
    public static final String NAMESPACE_NAME_LABEL = "kubernetes.io/metadata.name";

    private final Owner owner;
    private final Map<String, String> labels;
    private final String node;
    private final Map<String, String> nodeLabels;
    private final Map<String, String> namespaceLabels;
    private final Optional<Application> application;

    private Workload(Builder builder) {
        owner = builder.owner;
        labels = builder.labels;
        node = builder.node;
        nodeLabels = builder.nodeLabels;
        namespaceLabels = withName(builder.namespaceLabels, owner.namespace());
        application = builder.application;
    }

    private static Map<String, String> withName(Map<String, String> labels, String namespace) {
        if (namespace.isEmpty() || namespace.equals(labels.get(NAMESPACE_NAME_LABEL))) {
            return labels;
        }
        if (labels.isEmpty()) {
            return Map.of(NAMESPACE_NAME_LABEL, namespace);
        }
        Map<String, String> named = new HashMap<>(labels);
        named.put(NAMESPACE_NAME_LABEL, namespace);
        return Map.copyOf(named);
    }

    /**
     * {@return a builder of a workload; it starts without labels, node, and application}
     *
     * @param owner the owner
     */
    public static Builder builder(Owner owner) {
        return new Builder(requireNonNull(owner, "owner"));
    }

    /**
     * {@return a workload with an owner and no other properties}
     *
     * @param owner the owner
     */
    public static Workload of(Owner owner) {
        return builder(owner).build();
    }

    /** {@return the owner that will hold the addresses} */
    public Owner owner() {
        return owner;
    }

    /** {@return the workload's own labels} */
    public Map<String, String> labels() {
        return labels;
    }

    /** {@return the node, empty if it is unknown} */
    public String node() {
        return node;
    }

    /** {@return the labels of the node} */
    public Map<String, String> nodeLabels() {
        return nodeLabels;
    }

    /** {@return the namespace of the owner} */
    public String namespace() {
        return owner.namespace();
    }

    /**
     * {@return the labels of the namespace, including {@value #NAMESPACE_NAME_LABEL} as the API
     * server sets it}
     */
    public Map<String, String> namespaceLabels() {
        return namespaceLabels;
    }

    /** {@return the application that the workload is part of} */
    public Optional<Application> application() {
        return application;
    }

    /** A copy with the stateful owner of this name; the uid is that of the workload. */
    Workload claimedBy(String name) {
        Builder copy = new Builder(Owner.stateful(owner.namespace(), name, owner.uid()));
        copy.labels = labels;
        copy.node = node;
        copy.nodeLabels = nodeLabels;
        copy.namespaceLabels = namespaceLabels;
        copy.application = application;
        return copy.build();
    }

    /** {@return the text of the owner, with the node} */
    @Override
    public String toString() {
        return node.isEmpty() ? owner.toString() : owner + " on node " + node;
    }

    /** Collects the properties of a workload. The setters copy their maps. Thread safety: none. */
    public static final class Builder {
        private final Owner owner;
        private Map<String, String> labels = Map.of();
        private String node = "";
        private Map<String, String> nodeLabels = Map.of();
        private Map<String, String> namespaceLabels = Map.of();
        private Optional<Application> application = Optional.empty();

        private Builder(Owner owner) {
            this.owner = owner;
        }

        /**
         * Sets the workload's own labels, which replace earlier ones.
         *
         * @param newLabels the labels
         * @return this builder
         */
        public Builder labels(Map<String, String> newLabels) {
            labels = Map.copyOf(requireNonNull(newLabels, "newLabels"));
            return this;
        }

        /**
         * Sets the node and its labels.
         *
         * @param name the name of the node
         * @param newLabels its labels
         * @return this builder
         */
        public Builder node(String name, Map<String, String> newLabels) {
            node = requireNonNull(name, "name");
            nodeLabels = Map.copyOf(requireNonNull(newLabels, "newLabels"));
            return this;
        }

        /**
         * Sets the labels of the namespace, which replace earlier ones. The label {@value
         * #NAMESPACE_NAME_LABEL} always gets the name of the owner's namespace.
         *
         * @param newLabels the labels
         * @return this builder
         */
        public Builder namespaceLabels(Map<String, String> newLabels) {
            namespaceLabels = Map.copyOf(requireNonNull(newLabels, "newLabels"));
            return this;
        }

        /**
         * Sets the application that the workload is part of.
         *
         * @param newApplication the application
         * @return this builder
         */
        public Builder application(Application newApplication) {
            application = Optional.of(requireNonNull(newApplication, "newApplication"));
            return this;
        }

        /** Builds the workload. */
        public Workload build() {
            return new Workload(this);
        }
    }
}
