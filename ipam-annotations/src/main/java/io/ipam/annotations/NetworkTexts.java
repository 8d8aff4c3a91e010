package io.ipam.annotations;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ipam.json.JsonText;
import io.ipam.resolution.InterfaceRequest;
import io.ipam.resolution.PoolSelections;
import io.ipam.resolution.PoolSelections.GivenAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes the multus annotations of selections: names with commas between, or JSON if a network
 * requests more than a name. Thread safety: none.
 */
final class NetworkTexts {
    private static final Pattern PLAIN = Pattern.compile("[-A-Za-z0-9_.]+");

    private final PoolSelections selections;
    /** The given addresses, by interface. */
    private final Map<String, List<GivenAddress>> given;

    NetworkTexts(PoolSelections selections) {
        this.selections = selections;
        given = byInterface(selections);
    }

    /** The given addresses that annotations can state, in the order in which they are read. */
    static List<GivenAddress> written(PoolSelections selections) {
        Map<String, List<GivenAddress>> given = byInterface(selections);
        List<GivenAddress> written = new ArrayList<>();
        for (InterfaceRequest request : selections.interfaces()) {
            if (request.attachment().isPresent()) {
                written.addAll(given.getOrDefault(request.name(), List.of()));
            }
        }
        return written;
    }

    private static Map<String, List<GivenAddress>> byInterface(PoolSelections selections) {
        Map<String, List<GivenAddress>> given = new HashMap<>();
        selections
                .given()
                .forEach(one -> given.computeIfAbsent(one.interfaceName(), name -> new ArrayList<>(2))
                        .add(one));
        return given;
    }

    /** The annotations, by key. */
    Map<String, String> annotations() {
        Map<String, String> texts = new LinkedHashMap<>();
        List<InterfaceRequest> secondaries = new ArrayList<>();
        for (InterfaceRequest request : selections.interfaces()) {
            if (request.attachment().isPresent()) {
                if (request.name().equals(InterfaceRequest.PRIMARY)) {
                    texts.put(AnnotationKeys.DEFAULT_NETWORK, primary(request));
                } else {
                    secondaries.add(request);
                }
            }
        }
        if (!secondaries.isEmpty()) {
            texts.put(AnnotationKeys.NETWORKS, networks(secondaries));
        }
        return texts;
    }

    private String primary(InterfaceRequest request) {
        return isPlain(request) ? request.attachment().orElseThrow() : JsonText.of(List.of(network(request, false)));
    }

    private String networks(List<InterfaceRequest> requests) {
        boolean plain = requests.stream()
                .allMatch(request ->
                        isPlain(request) && PLAIN.matcher(request.name()).matches());
        return plain
                ? requests.stream()
                        .map(request -> request.attachment().orElseThrow() + "@" + request.name())
                        .collect(Collectors.joining(","))
                : JsonText.of(
                        requests.stream().map(request -> network(request, true)).toList());
    }

    /** Whether a name states everything about the network. */
    private boolean isPlain(InterfaceRequest request) {
        return request.mac().isEmpty() && selections.claim().isEmpty() && !given.containsKey(request.name());
    }

    private ObjectNode network(InterfaceRequest request, boolean withInterface) {
        String network = request.attachment().orElseThrow();
        int slash = network.indexOf('/');
        ObjectNode out = JsonNodeFactory.instance.objectNode().put("name", network.substring(slash + 1));
        if (slash >= 0) {
            out.put("namespace", network.substring(0, slash));
        }
        if (withInterface) {
            out.put("interface", request.name());
        }
        List<GivenAddress> addresses = given.getOrDefault(request.name(), List.of());
        if (!addresses.isEmpty()) {
            ArrayNode ips = out.putArray("ips");
            addresses.forEach(one -> ips.add(text(one)));
        }
        request.mac().ifPresent(mac -> out.put("mac", mac));
        selections.claim().ifPresent(claim -> out.put("ipam-claim-reference", claim));
        return out;
    }

    private static String text(GivenAddress given) {
        return given.address()
                + (given.prefixLength().isPresent() ? "/" + given.prefixLength().getAsInt() : "");
    }
}
