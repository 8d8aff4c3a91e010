package io.ipam.pool;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The application at the top of a workload's chain of owners, for example a Deployment. Thread
 * safety: immutable.
 *
 * @param apiVersion the group and version, {@code apps/v1}, or only the version, {@code v1}
 * @param kind the kind, for example {@code Deployment}
 * @param namespace the namespace
 * @param name the name in the namespace
 * @param uid its unique id
 * @param replicas the requested number of workloads, at least 0
 */
public record Application(String apiVersion, String kind, String namespace, String name, String uid, int replicas) {
    /**
     * The key of the group in the podAffinity of an auto-created pool; the value is empty for an
     * apiVersion without a group.
     */
    public static final String API_GROUP_KEY = "ipam.spidernet.io/app-api-group";
    /** The key of the version in the podAffinity of an auto-created pool. */
    public static final String API_VERSION_KEY = "ipam.spidernet.io/app-api-version";
    /** The key of the kind in the podAffinity of an auto-created pool. */
    public static final String KIND_KEY = "ipam.spidernet.io/app-kind";
    /** The key of the namespace in the podAffinity of an auto-created pool. */
    public static final String NAMESPACE_KEY = "ipam.spidernet.io/app-namespace";
    /** The key of the name in the podAffinity of an auto-created pool. */
    public static final String NAME_KEY = "ipam.spidernet.io/app-name";
    /** The only keys that the podAffinity of an auto-created pool may have. */
    public static final Set<String> AFFINITY_KEYS =
            Set.of(API_GROUP_KEY, API_VERSION_KEY, KIND_KEY, NAMESPACE_KEY, NAME_KEY);

    /** Checks for null. Throws IllegalArgumentException if replicas is negative. */
    public Application {
        requireNonNull(apiVersion, "apiVersion");
        requireNonNull(kind, "kind");
        requireNonNull(namespace, "namespace");
        requireNonNull(name, "name");
        requireNonNull(uid, "uid");
        if (replicas < 0) {
            throw new IllegalArgumentException("replicas must not be negative, was " + replicas);
        }
    }

    /** {@return the group of the apiVersion; empty for {@code v1}} */
    public String apiGroup() {
        return apiVersion.substring(0, Math.max(0, apiVersion.indexOf('/')));
    }

    /** {@return the version of the apiVersion: {@code v1} for {@code apps/v1}} */
    public String version() {
        return apiVersion.substring(apiVersion.indexOf('/') + 1);
    }

    /** {@return the five labels that identify the application of an auto-created pool, by key} */
    public Map<String, String> affinityLabels() {
        Map<String, String> labels = new TreeMap<>();
        labels.put(API_GROUP_KEY, apiGroup());
        labels.put(API_VERSION_KEY, version());
        labels.put(KIND_KEY, kind);
        labels.put(NAMESPACE_KEY, namespace);
        labels.put(NAME_KEY, name);
        return labels;
    }

    /** {@code apps/v1 Deployment shop/cart (uid 7f3c, 3 replicas)}. */
    @Override
    public String toString() {
        return apiVersion + " " + kind + " " + namespace + "/" + name + " (uid " + uid + ", " + replicas + " replicas)";
    }
}
