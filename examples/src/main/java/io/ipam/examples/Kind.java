package io.ipam.examples;

import java.util.List;
import java.util.Optional;

/** The kinds of objects that are read. Objects of other kinds are counted and not read. */
enum Kind {
    NODE("Node", Scope.CLUSTER, ""),
    NAMESPACE("Namespace", Scope.CLUSTER, ""),
    CONFIG_MAP("ConfigMap", Scope.NAMESPACED, ""),
    NETWORK("NetworkAttachmentDefinition", Scope.NAMESPACED, "k8s.cni.cncf.io"),
    NETWORK_CONFIG("SpiderMultusConfig", Scope.NAMESPACED, "*"),
    ENDPOINT("SpiderEndpoint", Scope.NAMESPACED, "*"),
    POOL("SpiderIPPool", Scope.CLUSTER, "*"),
    RESERVED("SpiderReservedIP", Scope.CLUSTER, "*"),
    SUBNET("SpiderSubnet", Scope.CLUSTER, "*"),
    POD("Pod", Scope.NAMESPACED, ""),
    DEPLOYMENT("Deployment", Scope.MAKES_PODS, "apps,extensions"),
    REPLICA_SET("ReplicaSet", Scope.MAKES_PODS, "apps,extensions"),
    REPLICATION_CONTROLLER("ReplicationController", Scope.MAKES_PODS, ""),
    STATEFUL_SET("StatefulSet", Scope.MAKES_PODS, "apps,apps.kruise.io"),
    DAEMON_SET("DaemonSet", Scope.MAKES_PODS, "apps,extensions,apps.kruise.io"),
    CLONE_SET("CloneSet", Scope.MAKES_PODS, "apps.kruise.io"),
    JOB("Job", Scope.MAKES_PODS, "batch"),
    CRON_JOB("CronJob", Scope.MAKES_PODS, "batch"),
    VIRTUAL_MACHINE("VirtualMachine", Scope.MAKES_PODS, "kubevirt.io"),
    VIRTUAL_MACHINE_INSTANCE("VirtualMachineInstance", Scope.MAKES_PODS, "kubevirt.io");

    /** The scope of objects of a kind, and whether they make pods. */
    private enum Scope {
        CLUSTER,
        NAMESPACED,
        MAKES_PODS
    }

    private final String text;
    private final Scope scope;
    private final String groups;

    /**
     * The groups are separated by commas; the core group is empty. {@code *} is any group, so that
     * the reader of documents can refuse a wrong one.
     */
    Kind(String text, Scope scope, String groups) {
        this.text = text;
        this.scope = scope;
        this.groups = groups;
    }

    /**
     * The kind of an object; empty for one that is not read. An object without an apiVersion has
     * the usual group.
     */
    static Optional<Kind> of(String kind, String apiVersion) {
        for (Kind known : values()) {
            if (known.text.equals(kind)) {
                boolean anyGroup = known.isOfAnyGroup() || apiVersion.isEmpty();
                return anyGroup || known.groups().contains(group(apiVersion)) ? Optional.of(known) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** The group of an apiVersion, empty for {@code v1}. */
    static String group(String apiVersion) {
        return apiVersion.substring(0, Math.max(0, apiVersion.indexOf('/')));
    }

    /**
     * The group of the objects of this kind. Kinds of the same name in two groups are two kinds.
     */
    String identityGroup(String apiVersion) {
        if (isOfAnyGroup()) {
            return "";
        }
        String group = group(apiVersion);
        return apiVersion.isEmpty() || group.equals("extensions") ? groups().get(0) : group;
    }

    private boolean isOfAnyGroup() {
        return groups.equals("*");
    }

    private List<String> groups() {
        return List.of(groups.split(",", -1));
    }

    boolean isNamespaced() {
        return scope != Scope.CLUSTER;
    }

    /** Whether objects of this kind make pods. */
    boolean makesPods() {
        return scope == Scope.MAKES_PODS;
    }

    /**
     * Whether its pods keep their names, and with them their addresses, when they are recreated.
     */
    boolean isStateful() {
        return this == STATEFUL_SET || this == VIRTUAL_MACHINE || this == VIRTUAL_MACHINE_INSTANCE;
    }

    @Override
    public String toString() {
        return text;
    }
}
