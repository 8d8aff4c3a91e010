package io.ipam.annotations;

/** The annotations that are read and written, by their full keys. */
public final class AnnotationKeys {
    /** Of a pod: pools for all its interfaces. */
    public static final String POOLS = "ipam.spidernet.io/ippool";
    /** Of a pod: pools for each interface. */
    public static final String INTERFACE_POOLS = "ipam.spidernet.io/ippools";
    /** Of a pod: routes in addition to those of its pools. */
    public static final String ROUTES = "ipam.spidernet.io/routes";
    /** Of a pod: the subnets for one interface. */
    public static final String SUBNET = "ipam.spidernet.io/subnet";
    /** Of a pod: the subnets for several interfaces. */
    public static final String SUBNETS = "ipam.spidernet.io/subnets";
    /** Of a pod: the size of the pools carved from a subnet. */
    public static final String POOL_SIZE = "ipam.spidernet.io/ippool-ip-number";
    /** Of a pod: whether a recreated application gets a new pool. */
    public static final String RECLAIM = "ipam.spidernet.io/ippool-reclaim";
    /** Of a namespace: its default IPv4 pools. */
    public static final String DEFAULT_IPV4_POOLS = "ipam.spidernet.io/default-ipv4-ippool";
    /** Of a namespace: its default IPv6 pools. */
    public static final String DEFAULT_IPV6_POOLS = "ipam.spidernet.io/default-ipv6-ippool";
    /** Of a pod, by multus: the network of {@code eth0}. */
    public static final String DEFAULT_NETWORK = "v1.multus-cni.io/default-network";
    /** Of a pod, by multus: the networks of the other interfaces. */
    public static final String NETWORKS = "k8s.v1.cni.cncf.io/networks";

    private AnnotationKeys() {}
}
