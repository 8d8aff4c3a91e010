package io.ipam.annotations;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ipam.address.Family;
import io.ipam.json.JsonText;
import io.ipam.pool.Route;
import io.ipam.resolution.InterfaceRequest;
import io.ipam.resolution.PodSelection;
import io.ipam.resolution.PoolSelections;
import io.ipam.subnet.SubnetSelection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Writes selections as annotations and CNI configurations: the reverse of {@link AnnotationReader}.
 * Equal selections have equal texts: no white space, keys in a fixed order, no default values, and
 * IPv4 before IPv6.
 *
 * <p>Cost: O(length). Thread safety: stateless.
 */
public final class AnnotationWriter {
    private AnnotationWriter() {}

    /**
     * Writes selections. Given addresses of an interface without a network have no annotation and
     * are omitted, and so are the addresses of master interfaces. The other given addresses are
     * read in the order of the interfaces.
     *
     * @param selections the selections
     * @return the texts; the reader of {@link PoolSelections#mode} reads them as equal selections,
     *     {@linkplain AnnotationReader#withClaims with claims} if there is one
     * @throws IllegalArgumentException if no text is read as these selections, for example because
     *     a name is empty in {@code STRICT} mode or an attachment is not {@code namespace/name}
     */
    public static AnnotationTexts write(PoolSelections selections) {
        AnnotationTexts texts = new AnnotationTexts(pod(selections), namespace(selections), cni(selections));
        PoolSelections again;
        try {
            AnnotationReader reader = AnnotationReader.of(selections.mode());
            again = (selections.claim().isPresent() ? reader.withClaims() : reader)
                    .read(texts.pod(), texts.namespace(), texts.cni());
        } catch (InvalidAnnotationException refused) {
            throw new IllegalArgumentException("selections cannot be written: " + refused.getMessage(), refused);
        }
        if (!again.equals(writable(selections))) {
            throw new IllegalArgumentException(
                    "selections cannot be written: " + selections + " would be read as " + again);
        }
        return texts;
    }

    /** The part of the selections that texts can express. */
    private static PoolSelections writable(PoolSelections selections) {
        List<InterfaceRequest> interfaces = selections.interfaces().stream()
                .map(request -> request.withMasterAddresses(List.of()))
                .toList();
        return selections.withInterfaces(interfaces).withGiven(NetworkTexts.written(selections));
    }

    private static Map<String, String> pod(PoolSelections selections) {
        Map<String, String> texts = new LinkedHashMap<>();
        selections.subnet().ifPresent(subnet -> subnet(subnet, texts));
        selections.pod().ifPresent(own -> own(own, texts));
        if (!selections.customRoutes().isEmpty()) {
            texts.put(AnnotationKeys.ROUTES, routes(selections.customRoutes()));
        }
        texts.putAll(new NetworkTexts(selections).annotations());
        return texts;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static void subnet(SubnetSelection subnet, Map<String, String> texts) {
        List<ObjectNode> items = subnet.items().stream()
                .map(item -> lists(object().put("interface", item.interfaceName()), "ipv%d", item::names))
                .toList();
        if (subnet.severalInterfaces()) {
            texts.put(AnnotationKeys.SUBNETS, JsonText.of(items));
        } else if (items.size() == 1) {
            texts.put(AnnotationKeys.SUBNET, JsonText.of(items.get(0)));
        } else {
            throw new IllegalArgumentException(
                    "selections cannot be written: " + items.size() + " subnet items for one interface");
        }
        texts.put(AnnotationKeys.POOL_SIZE, subnet.size().toString());
        texts.put(AnnotationKeys.RECLAIM, Boolean.toString(subnet.reclaim()));
    }

    private static void own(PodSelection own, Map<String, String> texts) {
        if (own instanceof PodSelection.PerInterface each) {
            texts.put(
                    AnnotationKeys.INTERFACE_POOLS,
                    JsonText.of(
                            each.items().stream().map(AnnotationWriter::item).toList()));
        } else if (own instanceof PodSelection.AllInterfaces all) {
            texts.put(AnnotationKeys.POOLS, JsonText.of(lists(object(), "ipv%d", all.pools()::names)));
        }
    }

    private static ObjectNode item(PodSelection.Item item) {
        ObjectNode out = object();
        item.interfaceName().ifPresent(name -> out.put("interface", name));
        lists(out, "ipv%d", item.pools()::names);
        return item.cleanGateway() ? out.put("cleangateway", true) : out;
    }

    private static String routes(List<Route> routes) {
        return JsonText.of(routes.stream()
                .map(route -> object().put("dst", route.destination().toString())
                        .put("gw", route.gateway().toString()))
                .toList());
    }

    private static Map<String, String> namespace(PoolSelections selections) {
        Map<String, String> texts = new LinkedHashMap<>();
        selections
                .namespaceDefaults()
                .byFamily()
                .forEach((family, names) -> texts.put(NamespacePoolsAnnotation.key(family), JsonText.of(names)));
        return texts;
    }

    private static Map<String, String> cni(PoolSelections selections) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (InterfaceRequest request : selections.interfaces()) {
            ObjectNode ipam = lists(object(), "default_ipv%d_ippool", request.cniPools()::names);
            if (request.cleanGateway()) {
                ipam.put("clean_gateway", true);
            }
            if (request.matchMasterSubnet()) {
                ipam.put("match_master_subnet", true);
            }
            texts.put(request.name(), JsonText.of(Map.of("ipam", ipam)));
        }
        return texts;
    }

    /**
     * Adds the names of each family that has any; {@code %d} in the key represents the number of
     * the family.
     */
    private static ObjectNode lists(ObjectNode out, String key, Function<Family, List<String>> names) {
        for (Family family : Family.values()) {
            if (!names.apply(family).isEmpty()) {
                out.putPOJO(key.formatted(family.number()), names.apply(family));
            }
        }
        return out;
    }
}
