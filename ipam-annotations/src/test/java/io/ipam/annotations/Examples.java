package io.ipam.annotations;

import io.ipam.resolution.PoolSelections;
import io.ipam.resolution.ReadingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Texts that both modes accept, and a reader for the annotation of each. */
final class Examples {
    /** The key that represents a CNI configuration. */
    static final String CNI = "cni";

    /**
     * One text.
     *
     * @param key the annotation, or {@link #CNI}
     * @param text its value
     */
    record Example(String key, String text) {
        PoolSelections read(ReadingMode mode) {
            return Examples.read(key, text, mode);
        }
    }

    static final List<Example> VALID = List.of(
            new Example(AnnotationKeys.POOLS, "{\"ipv4\": [\"blue-v4\",\"rack-*\"],\n\"ipv6\":[\"池子\\u0041\"],}"),
            new Example(AnnotationKeys.POOLS, "{\"ipv6\":[\"a\"]}"),
            new Example(
                    AnnotationKeys.INTERFACE_POOLS,
                    "[{\"interface\":\"eth0\",\"ipv4\":[\"a\"],\"cleangateway\":true},\n {\"interface\":\"net1\",\"ipv4\":[\"b\"],\"ipv6\":[\"c\"]}]"),
            new Example(
                    AnnotationKeys.INTERFACE_POOLS, "[{\"ipv4\":[\"a\"],},{\"ipv6\":[\"b\"],\"cleangateway\":false},]"),
            new Example(
                    AnnotationKeys.ROUTES,
                    "[{\"dst\":\"10.70.0.0/16\",\"gw\":\"10.71.0.1\"},{\"gw\":\"fd71::1\",\"dst\":\"fd70::/64\"}]"),
            new Example(AnnotationKeys.DEFAULT_IPV4_POOLS, "[\"ns-v4-ippool1\",\"ns-v4-ippool2\"]"),
            new Example(AnnotationKeys.DEFAULT_IPV6_POOLS, " [ ] "),
            new Example(AnnotationKeys.SUBNET, "{\"interface\":\"net1\",\"ipv4\":[\"s4\"],\"ipv6\":[\"s6\"]}"),
            new Example(
                    AnnotationKeys.SUBNETS,
                    "[{\"interface\":\"eth0\",\"ipv4\":[\"s4\"]},{\"interface\":\"net1\",\"ipv4\":[\"t4\"],\"ipv6\":[\"t6\"]}]"),
            new Example(AnnotationKeys.POOL_SIZE, "+12"),
            new Example(AnnotationKeys.POOL_SIZE, "007"),
            new Example(AnnotationKeys.RECLAIM, "false"),
            new Example(AnnotationKeys.DEFAULT_NETWORK, "kube-system/macvlan-vlan0"),
            new Example(AnnotationKeys.NETWORKS, "kube-system/macvlan-vlan0@net7, sriov ,a.b/c"),
            new Example(
                    AnnotationKeys.NETWORKS,
                    "[{\"name\":\"macvlan\",\"namespace\":\"kube-system\",\"interface\":\"net1\",\"mac\":\"c2:b0:57:49:47:f1\"},{\"name\":\"x\"}]"),
            new Example(AnnotationKeys.NETWORKS, "[{\"name\":\"x\",\"ips\":[\"fd00::9\",\"10.6.1.9/16\"]}]"),
            new Example(AnnotationKeys.DEFAULT_NETWORK, "[{\"name\":\"x\",\"ips\":[\"10.6.1.9\"]}]"),
            new Example(
                    CNI,
                    "{\"name\":\"macvlan-vlan0\",\"type\":\"macvlan\",\"master\":\"eth0\",\"mtu\":1500,\"ipam\":{\"type\":\"spiderpool\",\"default_ipv4_ippool\":[\"default-v4-ippool\"],\"clean_gateway\":true}}"),
            new Example(
                    CNI,
                    "{\"cniVersion\":\"0.3.1\",\"plugins\":[{\"type\":\"macvlan\",\"ipam\":{\"type\":\"spiderpool\",\"default_ipv6_ippool\":[\"v6\"]}},{\"type\":\"coordinator\"}]}"));

    private Examples() {}

    /**
     * Reads a text as the value of its annotation, together with the other annotations that it
     * requires.
     */
    static PoolSelections read(String key, String text, ReadingMode mode) {
        AnnotationReader reader = AnnotationReader.of(mode);
        return switch (key) {
            case CNI -> reader.read(Map.of(), Map.of(), Map.of("eth0", text));
            case AnnotationKeys.DEFAULT_IPV4_POOLS, AnnotationKeys.DEFAULT_IPV6_POOLS ->
                reader.read(Map.of(), Map.of(key, text));
            case AnnotationKeys.POOL_SIZE, AnnotationKeys.RECLAIM -> {
                Map<String, String> pod = new LinkedHashMap<>();
                pod.put(AnnotationKeys.SUBNET, "{\"ipv4\":[\"s4\"]}");
                pod.put(key, text);
                yield reader.read(pod, Map.of());
            }
            default -> reader.read(Map.of(key, text), Map.of());
        };
    }
}
