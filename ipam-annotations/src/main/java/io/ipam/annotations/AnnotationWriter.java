package io.ipam.annotations;

import io.ipam.address.Family;
import io.ipam.json.JsonWriter;
import io.ipam.pool.Route;
import io.ipam.resolution.InterfaceRequest;
import io.ipam.resolution.PodSelection;
import io.ipam.resolution.PoolNames;
import io.ipam.resolution.PoolSelections;
import io.ipam.subnet.SubnetSelection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes selections as annotations and CNI configurations: the reverse of {@link AnnotationReader}. There is one text for equal
 * selections: no white space, keys in a fixed order, nothing that says the default, and IPv4 before IPv6.
 *
 * <p>Cost: O(length). Thread safety: any number of threads.
 */
public final class AnnotationWriter {
    private static final Pattern PLAIN = Pattern.compile("[-A-Za-z0-9_.]+");

    private AnnotationWriter() {}

    /**
     * Writes selections. Given addresses have no annotation and are left out.
     *
     * @param selections the selections
     * @return the texts; the reader of {@link PoolSelections#mode} reads them as equal selections
     * @throws IllegalArgumentException when no text is read as these selections: a name is empty in {@code STRICT} mode, an
     *     attachment is not {@code namespace/name}, items of one interface, for example
     */
    public static AnnotationTexts write(PoolSelections selections) {
        AnnotationTexts texts = new AnnotationTexts(pod(selections), namespace(selections), cni(selections));
        PoolSelections again;
        try {
            again = AnnotationReader.of(selections.mode()).read(texts.pod(), texts.namespace(), texts.cni());
        } catch (InvalidAnnotationException refused) {
            throw new IllegalArgumentException("selections cannot be written: " + refused.getMessage(), refused);
        }
        if (!again.equals(selections.withGiven(List.of()))) {
            throw new IllegalArgumentException(
                    "selections cannot be written: " + selections + " would be read as " + again);
        }
        return texts;
    }

    private static Map<String, String> pod(PoolSelections selections) {
        Map<String, String> texts = new LinkedHashMap<>();
        selections.subnet().ifPresent(subnet -> subnet(subnet, texts));
        selections.pod().ifPresent(own -> own(own, texts));
        if (!selections.customRoutes().isEmpty()) {
            texts.put(AnnotationKeys.ROUTES, routes(selections.customRoutes()));
        }
        List<InterfaceRequest> secondaries = new ArrayList<>();
        for (InterfaceRequest request : selections.interfaces()) {
            if (!request.name().equals(InterfaceRequest.PRIMARY)) {
                secondaries.add(request);
            } else if (request.attachment().isPresent()) {
                texts.put(AnnotationKeys.DEFAULT_NETWORK, request.attachment().get());
            }
        }
        secondaries.removeIf(request -> request.attachment().isEmpty());
        if (!secondaries.isEmpty()) {
            texts.put(AnnotationKeys.NETWORKS, networks(secondaries));
        }
        return texts;
    }

    /** With commas between, unless an interface has a name that this form cannot hold. */
    private static String networks(List<InterfaceRequest> requests) {
        if (requests.stream().allMatch(request -> PLAIN.matcher(request.name()).matches())) {
            return requests.stream()
                    .map(request -> request.attachment().orElseThrow() + "@" + request.name())
                    .collect(Collectors.joining(","));
        }
        JsonWriter out = JsonWriter.compact().beginArray();
        for (InterfaceRequest request : requests) {
            String network = request.attachment().orElseThrow();
            int slash = network.indexOf('/');
            out.beginObject().key("name").value(network.substring(slash + 1));
            if (slash >= 0) {
                out.key("namespace").value(network.substring(0, slash));
            }
            out.key("interface").value(request.name()).endObject();
        }
        return out.endArray().text();
    }

    private static void subnet(SubnetSelection subnet, Map<String, String> texts) {
        JsonWriter out = JsonWriter.compact();
        if (subnet.severalInterfaces()) {
            out.beginArray();
            subnet.items().forEach(item -> item(out, item));
            texts.put(AnnotationKeys.SUBNETS, out.endArray().text());
        } else if (subnet.items().size() == 1) {
            item(out, subnet.items().get(0));
            texts.put(AnnotationKeys.SUBNET, out.text());
        } else {
            throw new IllegalArgumentException(
                    "selections cannot be written: " + subnet.items().size() + " subnet items for one interface");
        }
        texts.put(AnnotationKeys.POOL_SIZE, subnet.size().toString());
        texts.put(AnnotationKeys.RECLAIM, Boolean.toString(subnet.reclaim()));
    }

    private static void item(JsonWriter out, SubnetSelection.Item item) {
        out.beginObject().key("interface").value(item.interfaceName());
        for (Family family : Family.values()) {
            list(out, "ipv" + family.number(), item.names(family));
        }
        out.endObject();
    }

    private static void own(PodSelection own, Map<String, String> texts) {
        JsonWriter out = JsonWriter.compact();
        if (own instanceof PodSelection.PerInterface each) {
            out.beginArray();
            each.items().forEach(item -> item(out, item));
            texts.put(AnnotationKeys.INTERFACE_POOLS, out.endArray().text());
        } else if (own instanceof PodSelection.AllInterfaces all) {
            pools(out.beginObject(), all.pools());
            texts.put(AnnotationKeys.POOLS, out.endObject().text());
        }
    }

    private static void item(JsonWriter out, PodSelection.Item item) {
        out.beginObject();
        item.interfaceName().ifPresent(name -> out.key("interface").value(name));
        pools(out, item.pools());
        if (item.cleanGateway()) {
            out.key("cleangateway").value(true);
        }
        out.endObject();
    }

    private static void pools(JsonWriter out, PoolNames pools) {
        for (Family family : Family.values()) {
            list(out, "ipv" + family.number(), pools.names(family));
        }
    }

    private static String routes(List<Route> routes) {
        JsonWriter out = JsonWriter.compact().beginArray();
        for (Route route : routes) {
            out.beginObject().key("dst").value(route.destination().toString());
            out.key("gw").value(route.gateway().toString()).endObject();
        }
        return out.endArray().text();
    }

    private static Map<String, String> namespace(PoolSelections selections) {
        Map<String, String> texts = new LinkedHashMap<>();
        selections.namespaceDefaults().byFamily().forEach(writingTo(texts));
        return texts;
    }

    private static BiConsumer<Family, List<String>> writingTo(Map<String, String> texts) {
        return (family, names) -> texts.put(
                NamespacePoolsAnnotation.key(family),
                JsonWriter.compact().strings(names).text());
    }

    private static Map<String, String> cni(PoolSelections selections) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (InterfaceRequest request : selections.interfaces()) {
            JsonWriter out = JsonWriter.compact().beginObject().key("ipam").beginObject();
            for (Family family : Family.values()) {
                list(
                        out,
                        "default_ipv" + family.number() + "_ippool",
                        request.cniPools().names(family));
            }
            if (request.cleanGateway()) {
                out.key("clean_gateway").value(true);
            }
            texts.put(request.name(), out.endObject().endObject().text());
        }
        return texts;
    }

    private static void list(JsonWriter out, String key, List<String> names) {
        if (!names.isEmpty()) {
            out.key(key).strings(names);
        }
    }
}
