package io.ipam.documents;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Family;
import io.ipam.json.JsonText;
import io.ipam.resolution.PoolNames;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A SpiderMultusConfig, from which Spiderpool creates a network of multus: the parts of its CNI
 * configuration that ipam uses. The others are neither checked nor kept. Thread safety: immutable.
 *
 * @param namespace the namespace of the network
 * @param name the name of the document
 * @param networkName the name of the network, which is that of the document unless an annotation
 *     states another
 * @param cniType the type of the CNI plugin, such as {@code macvlan}, or {@code custom}
 * @param pools the default pools
 * @param matchMasterSubnet whether pools must have the subnet of the master interface
 * @param ipamDisabled whether the plugin has no IPAM
 * @param customCni the CNI configuration of the type {@code custom}, as written; otherwise empty
 */
public record MultusConfigDocument(
        String namespace,
        String name,
        String networkName,
        String cniType,
        PoolNames pools,
        boolean matchMasterSubnet,
        boolean ipamDisabled,
        String customCni)
        implements Document {
    /** The kind of these documents. */
    public static final String KIND = "SpiderMultusConfig";

    static final String CUSTOM = "custom";
    /** The types whose settings have pools. */
    static final List<String> PLUGINS = List.of("macvlan", "ipvlan", "sriov", "ovs", "ib-sriov", "ipoib");

    static final String NETWORK_NAME = "multus.spidernet.io/cr-name";

    /** Rejects null. */
    public MultusConfigDocument {
        requireNonNull(namespace, "namespace");
        requireNonNull(name, "name");
        requireNonNull(networkName, "networkName");
        requireNonNull(cniType, "cniType");
        requireNonNull(pools, "pools");
        requireNonNull(customCni, "customCni");
    }

    /** {@return the network as pods and pools name it: {@code kube-system/macvlan-vlan0}} */
    public String attachment() {
        return namespace + "/" + networkName;
    }

    /**
     * {@return the part of the CNI configuration of the network that ipam uses} It is a text for
     * {@link io.ipam.annotations.AnnotationReader#read(Map, Map, Map)}. Without IPAM, it has no
     * {@code ipam}. Cost: O(length).
     */
    public String cniConfiguration() {
        if (cniType.equals(CUSTOM)) {
            return customCni;
        }
        Tree configuration = new Tree().put("type", cniType);
        if (!ipamDisabled) {
            Tree ipam = new Tree().put("type", "spiderpool");
            for (Family family : Family.values()) {
                ipam.putList("default_ipv" + family.number() + "_ippool", pools.names(family), Function.identity());
            }
            if (matchMasterSubnet) {
                ipam.put("match_master_subnet", (Object) true);
            }
            configuration.put("ipam", ipam.map());
        }
        return JsonText.of(configuration.map());
    }

    /** The field of the specification with the settings of a type of plugin. */
    static String section(String cniType) {
        return cniType.replace("-", "");
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Map<String, Object> toMap() {
        Tree spec = new Tree().put("cniType", cniType);
        if (cniType.equals(CUSTOM)) {
            spec.put("customCNI", customCni);
        } else if (PLUGINS.contains(cniType)) {
            Tree names = new Tree();
            for (Family family : Family.values()) {
                names.putList("ipv" + family.number(), pools.names(family), Function.identity());
            }
            names.put("matchMasterSubnet", (Object) matchMasterSubnet);
            spec.put(section(cniType), new Tree().put("ippools", names.map()).map());
        }
        spec.put("disableIPAM", (Object) ipamDisabled);
        Map<String, String> annotations = networkName.equals(name) ? Map.of() : Map.of(NETWORK_NAME, networkName);
        return Metadata.namespaced(KIND, namespace, name, annotations)
                .put("spec", spec.map())
                .map();
    }
}
