package io.ipam.resolution;

/** Where pool names come from, in the order in which the sources are asked. Sources are never mixed on one interface. */
public enum Source {
    /** The subnets that the pod names. */
    SUBNET("subnet selection", "subnet"),
    /** The pools that the pod names. */
    POD("pod selection", "pod"),
    /** The default pools of the namespace. */
    NAMESPACE("namespace default", "namespaceDefaults"),
    /** The default pools of the CNI configuration. */
    CNI("CNI configuration", "cniPools"),
    /** The pools that are the default of the cluster. */
    CLUSTER_DEFAULT("cluster default pools", "");

    private final String title;
    private final String path;

    Source(String title, String path) {
        this.title = title;
        this.path = path;
    }

    /** {@return the label of a source that no reader of texts labelled} */
    public SourceLabel label() {
        return new SourceLabel(title, path);
    }
}
