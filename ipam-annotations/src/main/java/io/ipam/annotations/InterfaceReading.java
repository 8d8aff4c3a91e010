package io.ipam.annotations;

import io.ipam.json.JsonReader;
import io.ipam.json.JsonResult;
import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import io.ipam.resolution.InterfaceRequest;
import io.ipam.resolution.PoolSelections.GivenAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the interfaces of one request: their networks, their CNI configurations, and the addresses
 * and the claim that the networks request. An interface of another IPAM is not requested, and
 * neither are its addresses. Thread safety: none; used for one request.
 */
final class InterfaceReading {
    private static final List<InterfaceRequest> PRIMARY_ALONE = List.of(InterfaceRequest.of(InterfaceRequest.PRIMARY));

    private final Reading reading;
    private final List<InvalidAnnotationException> refusals;
    /** The networks, by interface. */
    private final Map<String, NetworksAnnotation.Network> networks = new LinkedHashMap<>(2);

    private List<InterfaceRequest> interfaces = PRIMARY_ALONE;

    InterfaceReading(Reading reading, List<InvalidAnnotationException> refusals) {
        this.reading = reading;
        this.refusals = refusals;
    }

    /** Reads the annotations of a pod and the CNI configurations, if there are any. */
    void read(Map<String, String> pod, Map<String, String> cni) {
        String ofDefault = pod.get(AnnotationKeys.DEFAULT_NETWORK);
        String ofOthers = pod.get(AnnotationKeys.NETWORKS);
        if (cni.isEmpty() && ofDefault == null && ofOthers == null) {
            return;
        }
        if (ofDefault != null) {
            NetworksAnnotation.Network network =
                    take(AnnotationKeys.DEFAULT_NETWORK, NetworksAnnotation.readDefault(ofDefault, reading));
            if (network != null) {
                networks.put(InterfaceRequest.PRIMARY, network);
            }
        }
        List<NetworksAnnotation.Network> others =
                ofOthers == null ? null : take(AnnotationKeys.NETWORKS, NetworksAnnotation.read(ofOthers, reading));
        if (others != null) {
            others.forEach(network -> networks.put(network.interfaceName(), network));
        }
        interfaces = cni.isEmpty() ? joined() : configured(cni);
    }

    /** The interfaces in order. */
    List<InterfaceRequest> interfaces() {
        return interfaces;
    }

    private List<InterfaceRequest> joined() {
        List<InterfaceRequest> joined = new ArrayList<>(networks.size() + 1);
        joined.add(request(InterfaceRequest.PRIMARY));
        for (String name : networks.keySet()) {
            if (!name.equals(InterfaceRequest.PRIMARY)) {
                joined.add(request(name));
            }
        }
        return joined;
    }

    private List<InterfaceRequest> configured(Map<String, String> cni) {
        List<InterfaceRequest> configured = new ArrayList<>(cni.size());
        cni.forEach((name, text) -> addConfigured(request(name), text, configured));
        return configured;
    }

    private InterfaceRequest request(String name) {
        InterfaceRequest request = InterfaceRequest.of(name);
        NetworksAnnotation.Network network = networks.get(name);
        if (network == null) {
            return request;
        }
        request = request.withAttachment(network.attachment());
        return network.mac().isEmpty() ? request : request.withMac(network.mac());
    }

    /** An interface of another IPAM is not requested. */
    private void addConfigured(InterfaceRequest request, String text, List<InterfaceRequest> configured) {
        JsonResult<CniConfiguration> result =
                JsonReader.read(text, reading.options(), in -> CniConfiguration.read(in, reading));
        CniConfiguration configuration = result.value();
        if (configuration == null || !result.problems().isEmpty()) {
            refusals.add(InvalidAnnotationException.ofCniConfiguration(request.name(), result.problems()));
        } else if (!configuration.isOfAnotherIpam()) {
            configured.add(request.withCniPools(configuration.pools())
                    .withCleanGateway(configuration.cleanGateway())
                    .withMatchMasterSubnet(configuration.matchMasterSubnet()));
        }
    }

    /** The addresses that networks request for the interfaces, in the order of both. */
    List<GivenAddress> given() {
        List<GivenAddress> given = new ArrayList<>(0);
        if (!networks.isEmpty()) {
            for (InterfaceRequest request : interfaces) {
                NetworksAnnotation.Network network = networks.get(request.name());
                if (network != null) {
                    network.addresses()
                            .forEach(one ->
                                    given.add(new GivenAddress(request.name(), one.address(), one.prefixLength())));
                }
            }
        }
        return given;
    }

    /** The claim to which the networks of the interfaces refer; a second claim is refused. */
    Optional<String> claim() {
        NetworksAnnotation.Claim first = null;
        if (!networks.isEmpty()) {
            for (InterfaceRequest request : interfaces) {
                NetworksAnnotation.Network network = networks.get(request.name());
                NetworksAnnotation.Claim claim = network == null ? null : network.claim();
                if (first == null) {
                    first = claim;
                } else if (claim != null && !claim.name().equals(first.name())) {
                    refuseSecond(request, claim, first.name());
                }
            }
        }
        return Optional.ofNullable(first).map(NetworksAnnotation.Claim::name);
    }

    private void refuseSecond(InterfaceRequest request, NetworksAnnotation.Claim claim, String first) {
        Problem problem = new Problem(
                ProblemType.INVALID,
                claim.where(),
                claim.position(),
                claim.name(),
                "the interfaces of a request must have one claim, and " + first + " is named earlier",
                "write \"" + first + "\"");
        boolean primary = request.name().equals(InterfaceRequest.PRIMARY);
        String key = primary ? AnnotationKeys.DEFAULT_NETWORK : AnnotationKeys.NETWORKS;
        refusals.add(InvalidAnnotationException.ofAnnotation(key, List.of(problem)));
    }

    /** The value, or null and a refusal. */
    private <T> @Nullable T take(String key, JsonResult<T> result) {
        if (result.problems().isEmpty()) {
            return result.value();
        }
        refusals.add(InvalidAnnotationException.ofAnnotation(key, result.problems()));
        return null;
    }
}
