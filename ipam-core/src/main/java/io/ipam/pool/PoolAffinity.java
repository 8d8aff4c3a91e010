package io.ipam.pool;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The workloads and interfaces that a pool serves. A part that is unset (absent, or an empty list)
 * excludes nothing. Thread safety: immutable.
 *
 * @param pod the selector of workloads
 * @param namespace the selector of namespaces; evaluated only if {@code namespaceNames} is empty
 * @param node the selector of nodes; evaluated only if {@code nodeNames} is empty
 * @param namespaceNames the names of namespaces
 * @param nodeNames the names of nodes
 * @param attachments the attachments of interfaces, {@code namespace/name} or a bare name in the
 *     system namespace
 */
public record PoolAffinity(
        Optional<LabelSelector> pod,
        Optional<LabelSelector> namespace,
        Optional<LabelSelector> node,
        List<String> namespaceNames,
        List<String> nodeNames,
        List<String> attachments) {
    private static final PoolAffinity NONE =
            new PoolAffinity(Optional.empty(), Optional.empty(), Optional.empty(), List.of(), List.of(), List.of());

    /** Copies the lists. */
    public PoolAffinity {
        requireNonNull(pod, "pod");
        requireNonNull(namespace, "namespace");
        requireNonNull(node, "node");
        namespaceNames = List.copyOf(requireNonNull(namespaceNames, "namespaceNames"));
        nodeNames = List.copyOf(requireNonNull(nodeNames, "nodeNames"));
        attachments = List.copyOf(requireNonNull(attachments, "attachments"));
    }

    /** {@return the affinity without any part, which serves everything} */
    public static PoolAffinity none() {
        return NONE;
    }

    /**
     * {@return a copy with another selector of workloads}
     *
     * @param selector the selector
     */
    public PoolAffinity withPod(LabelSelector selector) {
        requireNonNull(selector, "selector");
        return new PoolAffinity(Optional.of(selector), namespace, node, namespaceNames, nodeNames, attachments);
    }

    /**
     * {@return a copy with another selector of namespaces}
     *
     * @param selector the selector
     */
    public PoolAffinity withNamespace(LabelSelector selector) {
        requireNonNull(selector, "selector");
        return new PoolAffinity(pod, Optional.of(selector), node, namespaceNames, nodeNames, attachments);
    }

    /**
     * {@return a copy with another selector of nodes}
     *
     * @param selector the selector
     */
    public PoolAffinity withNode(LabelSelector selector) {
        requireNonNull(selector, "selector");
        return new PoolAffinity(pod, namespace, Optional.of(selector), namespaceNames, nodeNames, attachments);
    }

    /**
     * {@return a copy with other namespace names}
     *
     * @param names the names; copied
     */
    public PoolAffinity withNamespaceNames(Collection<String> names) {
        requireNonNull(names, "names");
        return new PoolAffinity(pod, namespace, node, List.copyOf(names), nodeNames, attachments);
    }

    /**
     * {@return a copy with other node names}
     *
     * @param names the names; copied
     */
    public PoolAffinity withNodeNames(Collection<String> names) {
        requireNonNull(names, "names");
        return new PoolAffinity(pod, namespace, node, namespaceNames, List.copyOf(names), attachments);
    }

    /**
     * {@return a copy with other attachments}
     *
     * @param names the names; copied
     */
    public PoolAffinity withAttachments(Collection<String> names) {
        requireNonNull(names, "names");
        return new PoolAffinity(pod, namespace, node, namespaceNames, nodeNames, List.copyOf(names));
    }
}
