package io.ipam.examples;

import io.ipam.AllocationResult;
import io.ipam.Ipam;
import io.ipam.allocation.Allocation;
import io.ipam.allocation.HeldAddress;
import io.ipam.annotations.AnnotationReader;
import io.ipam.annotations.InvalidAnnotationException;
import io.ipam.owner.Owner;
import io.ipam.pool.Route;
import io.ipam.resolution.PoolSelections;
import io.ipam.resolution.Workload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The back end of a CNI plugin for IPAM: ADD, CHECK, and DEL for one interface of a pod at a time.
 *
 * <p>The ADDs of a pod are separate requests, so they are not all or nothing. If the second one
 * fails, the first interface keeps its address until the runtime calls DEL. A repeated ADD returns
 * the same addresses, and a repeated DEL does nothing, as the CNI specification requires.
 *
 * <p>Thread safety: safe.
 */
public final class CniBackEnd {
    private static final String VERSION = "1.0.0";
    private static final int TRY_AGAIN_LATER = 11;
    private static final int INVALID_NETWORK_CONFIG = 7;
    private static final int CHECK_FAILED = 101;

    private final Ipam ipam;

    /** Makes a back end over an Ipam, which may share its realm with the Ipams of other nodes. */
    public CniBackEnd(Ipam ipam) {
        this.ipam = ipam;
    }

    /**
     * A call of the plugin.
     *
     * @param pod the pod, from K8S_POD_NAMESPACE, K8S_POD_NAME, and K8S_POD_UID in CNI_ARGS
     * @param interfaceName CNI_IFNAME
     * @param configuration the network configuration, from the standard input
     * @param podAnnotations the annotations of the pod
     * @param namespaceAnnotations the annotations of its namespace
     */
    public record Call(
            Owner pod,
            String interfaceName,
            String configuration,
            Map<String, String> podAnnotations,
            Map<String, String> namespaceAnnotations) {}

    /** Executes ADD: returns its result, or an error with a code of the CNI specification. */
    public Map<String, Object> add(Call call) {
        try {
            AllocationResult result = ipam.allocate(Workload.of(call.pod()), selections(call));
            return result instanceof AllocationResult.Refused refused
                    ? error(TRY_AGAIN_LATER, refused.message())
                    : success(result.orElseThrow());
        } catch (InvalidAnnotationException e) {
            return error(INVALID_NETWORK_CONFIG, String.valueOf(e.getMessage()));
        }
    }

    /** The annotations of the pod name the pools of all its interfaces; this request is for one. */
    private static PoolSelections selections(Call call) {
        return AnnotationReader.strict()
                .read(
                        call.podAnnotations(),
                        call.namespaceAnnotations(),
                        Map.of(call.interfaceName(), call.configuration()))
                .withPartial(true);
    }

    /**
     * Executes CHECK: returns an empty result if the pod holds these addresses for the interface,
     * otherwise an error.
     *
     * @param call the call
     * @param previous the addresses of the previous result, without prefix lengths
     */
    public Map<String, Object> check(Call call, Set<String> previous) {
        Set<String> held = new TreeSet<>();
        for (HeldAddress one : ipam.heldBy(call.pod())) {
            if (one.interfaceName().equals(call.interfaceName())
                    && one.owner().filter(call.pod()::equals).isPresent()) {
                held.add(one.address().toString());
            }
        }
        return held.equals(previous)
                ? Map.of()
                : error(CHECK_FAILED, call.interfaceName() + " holds " + held + ", not " + new TreeSet<>(previous));
    }

    /**
     * Executes DEL. A stateful owner outlives its pods, so its addresses stay: the controller
     * releases them when the set is deleted or scaled down.
     */
    public void del(Owner pod, String interfaceName) {
        if (!pod.stateful()) {
            ipam.release(pod, interfaceName);
        }
    }

    private static Map<String, Object> success(List<Allocation> allocations) {
        List<Object> ips = new ArrayList<>();
        List<Object> routes = new ArrayList<>();
        for (Allocation allocation : allocations) {
            Map<String, Object> ip = new LinkedHashMap<>();
            ip.put("address", allocation.addressWithPrefix());
            allocation.gateway().ifPresent(gateway -> ip.put("gateway", gateway.toString()));
            ips.add(ip);
            if (allocation.defaultRoute()) {
                routes.add(route(
                        allocation.family().bits() == Integer.SIZE ? "0.0.0.0/0" : "::/0",
                        allocation.gateway().orElseThrow().toString()));
            }
            for (Route route : allocation.routes()) {
                routes.add(route(route.destination().toString(), route.gateway().toString()));
            }
        }
        return Map.of("cniVersion", VERSION, "ips", ips, "routes", routes);
    }

    private static Map<String, String> route(String destination, String gateway) {
        return Map.of("dst", destination, "gw", gateway);
    }

    private static Map<String, Object> error(int code, String message) {
        return Map.of("cniVersion", VERSION, "code", code, "msg", message);
    }
}
