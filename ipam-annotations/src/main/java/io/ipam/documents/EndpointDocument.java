package io.ipam.documents;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Family;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A SpiderEndpoint: the addresses of one pod, as Spiderpool records them. See {@link
 * TakeoverBuilder#endpoints}.
 *
 * <p>Only the parts below are kept. Thread safety: immutable.
 *
 * @param namespace the namespace of the pod
 * @param name the name of the pod, or of the virtual machine that it runs
 * @param uid the uid of the pod; empty if none is recorded
 * @param node the node of the pod; empty if none is recorded
 * @param controllerKind the kind of its topmost controller, such as {@code StatefulSet}
 * @param controllerName the name of that controller
 * @param entries the addresses
 */
public record EndpointDocument(
        String namespace,
        String name,
        String uid,
        String node,
        String controllerKind,
        String controllerName,
        List<Entry> entries)
        implements Document {
    /** The kind of these documents. */
    public static final String KIND = "SpiderEndpoint";

    private static final Set<String> MACHINES = Set.of("VirtualMachineInstance", "VirtualMachine");

    /** Copies the entries. */
    public EndpointDocument {
        requireNonNull(namespace, "namespace");
        requireNonNull(name, "name");
        requireNonNull(uid, "uid");
        requireNonNull(node, "node");
        requireNonNull(controllerKind, "controllerKind");
        requireNonNull(controllerName, "controllerName");
        entries = List.copyOf(entries);
    }

    /**
     * One address. The texts are not checked before a take-over.
     *
     * @param interfaceName the interface
     * @param family the family under whose key the address is recorded
     * @param address the address as written, with or without the length of a prefix
     * @param pool the name of its pool
     */
    public record Entry(String interfaceName, Family family, String address, String pool) {
        /** Rejects null. */
        public Entry {
            requireNonNull(interfaceName, "interfaceName");
            requireNonNull(family, "family");
            requireNonNull(address, "address");
            requireNonNull(pool, "pool");
        }
    }

    /**
     * {@return whether the owner of the addresses is identified by its name: the controller is a
     * StatefulSet or a virtual machine}
     */
    public boolean isStateful() {
        return controllerKind.equals("StatefulSet") || isOfMachine();
    }

    /** Whether the document names a virtual machine that the pod runs. */
    private boolean isOfMachine() {
        return MACHINES.contains(controllerKind) && !controllerName.isEmpty();
    }

    /** {@return the name of the owner: that of the virtual machine, otherwise that of the pod} */
    public String ownerName() {
        return isOfMachine() ? controllerName : name;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Map<String, Object> toMap() {
        Tree current = new Tree().put("uid", uid).put("node", node).putList("ips", entries, EndpointDocument::detail);
        Tree status = new Tree()
                .put("current", current.map())
                .put("ownerControllerType", controllerKind)
                .put("ownerControllerName", controllerName);
        return Metadata.namespaced(KIND, namespace, name, Map.of())
                .put("status", status.map())
                .map();
    }

    private static Map<String, Object> detail(Entry entry) {
        String key = "ipv" + entry.family().number();
        return new Tree()
                .put("interface", entry.interfaceName())
                .put(key, entry.address())
                .put(key + "Pool", entry.pool())
                .map();
    }
}
