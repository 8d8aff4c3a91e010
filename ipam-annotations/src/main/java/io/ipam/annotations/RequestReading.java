package io.ipam.annotations;

import io.ipam.address.Family;
import io.ipam.json.JsonReader;
import io.ipam.json.JsonResult;
import io.ipam.pool.Route;
import io.ipam.resolution.PodSelection;
import io.ipam.resolution.PoolNames;
import io.ipam.resolution.PoolSelections;
import io.ipam.resolution.ReadingMode;
import io.ipam.resolution.Source;
import io.ipam.subnet.PoolSize;
import io.ipam.subnet.SubnetSelection;
import io.ipam.subnet.SubnetSelection.Item;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the texts of one request, source by source, and keeps every refusal. Thread safety: none;
 * used for one request.
 */
final class RequestReading {
    /**
     * Labels, indexed by the annotations that are present: {@code subnets} adds two, {@code
     * ippools} one.
     */
    private static final List<Map<Source, Source.Label>> LABELS = List.of(
            labels(AnnotationKeys.SUBNET, AnnotationKeys.POOLS),
            labels(AnnotationKeys.SUBNET, AnnotationKeys.INTERFACE_POOLS),
            labels(AnnotationKeys.SUBNETS, AnnotationKeys.POOLS),
            labels(AnnotationKeys.SUBNETS, AnnotationKeys.INTERFACE_POOLS));

    private final Reading reading;
    private final long spare;
    private final Map<String, String> pod;
    private final Map<String, String> namespace;
    private final Map<String, String> cni;
    private final List<InvalidAnnotationException> refusals = new ArrayList<>(0);
    /** Whether a source that was already read decides, so that no later source is read. */
    private boolean settled;

    RequestReading(
            Reading reading,
            long spare,
            Map<String, String> pod,
            Map<String, String> namespace,
            Map<String, String> cni) {
        this.reading = reading;
        this.spare = spare;
        this.pod = pod;
        this.namespace = namespace;
        this.cni = cni;
    }

    private static Map<Source, Source.Label> labels(String subnet, String pools) {
        String ofNamespace = NamespacePoolsAnnotation.key(Source.Label.FAMILY);
        String ofCni = CniConfiguration.key("ipv" + Source.Label.FAMILY);
        return Map.of(
                Source.SUBNET, new Source.Label("pod annotation " + subnet, subnet),
                Source.POD, new Source.Label("pod annotation " + pools, pools),
                Source.NAMESPACE, new Source.Label("namespace annotation " + ofNamespace, ofNamespace),
                Source.CNI, new Source.Label(Source.CNI.label().title(), ofCni));
    }

    PoolSelections selections(ReadingMode mode) {
        if (reading.strict()) {
            refusals.addAll(KnownAnnotations.OF_POD.refusals(pod));
        }
        Optional<SubnetSelection> subnet = Optional.ofNullable(subnet());
        Optional<PodSelection> own = Optional.ofNullable(own());
        PoolNames defaults = namespaceDefaults();
        List<Route> routes = routes();
        InterfaceReading interfaces = new InterfaceReading(reading, refusals);
        interfaces.read(pod, cni);
        Optional<String> claim = interfaces.claim();
        if (!refusals.isEmpty()) {
            InvalidAnnotationException first = refusals.get(0);
            refusals.stream().skip(1).forEach(first::addSuppressed);
            throw first;
        }
        PoolSelections selections = PoolSelections.none()
                .withInterfaces(interfaces.interfaces())
                .withNamespaceDefaults(defaults)
                .withCustomRoutes(routes)
                .withGiven(interfaces.given())
                .withMode(mode)
                .withLabels(labels());
        selections = claim.map(selections::withClaim).orElse(selections);
        selections = subnet.map(selections::withSubnet).orElse(selections);
        return own.map(selections::withPod).orElse(selections);
    }

    private Map<Source, Source.Label> labels() {
        int several = pod.containsKey(AnnotationKeys.SUBNETS) ? 2 : 0;
        return LABELS.get(several + (pod.containsKey(AnnotationKeys.INTERFACE_POOLS) ? 1 : 0));
    }

    private @Nullable SubnetSelection subnet() {
        boolean several = pod.containsKey(AnnotationKeys.SUBNETS);
        String key = several ? AnnotationKeys.SUBNETS : AnnotationKeys.SUBNET;
        String text = pod.get(key);
        if (text == null) {
            return null;
        }
        settled = true;
        Function<JsonReader, List<Item>> body =
                in -> several ? SubnetAnnotation.readSeveral(in, reading) : SubnetAnnotation.readOne(in, reading);
        List<Item> items = take(key, json(text, body));
        PoolSize size = PoolSize.flexible(spare);
        String number = pod.get(AnnotationKeys.POOL_SIZE);
        if (number != null) {
            size = take(AnnotationKeys.POOL_SIZE, PoolSizeAnnotation.read(number, reading));
        }
        Boolean reclaim = true;
        String truth = pod.get(AnnotationKeys.RECLAIM);
        if (truth != null) {
            reclaim = take(AnnotationKeys.RECLAIM, ReclaimAnnotation.read(truth));
        }
        return items == null || size == null || reclaim == null
                ? null
                : new SubnetSelection(items, several, size, reclaim);
    }

    private @Nullable PodSelection own() {
        boolean after = settled;
        String text = pod.get(AnnotationKeys.INTERFACE_POOLS);
        if (text != null) {
            settled = true;
            return takeUnless(after, AnnotationKeys.INTERFACE_POOLS, InterfacePoolsAnnotation.read(text, reading));
        }
        text = pod.get(AnnotationKeys.POOLS);
        if (text == null) {
            return null;
        }
        settled = true;
        return takeUnless(after, AnnotationKeys.POOLS, json(text, in -> PoolsAnnotation.read(in, reading)));
    }

    private PoolNames namespaceDefaults() {
        if (namespace.isEmpty()) {
            return PoolNames.none();
        }
        if (reading.strict() && !settled) {
            refusals.addAll(KnownAnnotations.OF_NAMESPACE.refusals(namespace));
        }
        Map<Family, List<String>> names = new EnumMap<>(Family.class);
        for (Family family : Family.values()) {
            String key = NamespacePoolsAnnotation.key(family);
            String text = namespace.get(key);
            if (text != null) {
                List<String> list =
                        takeUnless(settled, key, json(text, in -> NamespacePoolsAnnotation.read(in, family, reading)));
                names.put(family, list == null ? List.of() : list);
            }
        }
        return names.isEmpty() ? PoolNames.none() : new PoolNames(names);
    }

    private List<Route> routes() {
        String text = pod.get(AnnotationKeys.ROUTES);
        List<Route> routes =
                text == null ? null : take(AnnotationKeys.ROUTES, json(text, in -> RoutesAnnotation.read(in, reading)));
        return routes == null ? List.of() : routes;
    }

    private <T> JsonResult<T> json(String text, Function<JsonReader, T> body) {
        return JsonReader.read(text, reading.options(), body);
    }

    /** The value, or null and a refusal. */
    private <T> @Nullable T take(String key, JsonResult<T> result) {
        return takeUnless(false, key, result);
    }

    /** The value; null if there are problems, with a refusal unless no source reads the value. */
    private <T> @Nullable T takeUnless(boolean notAsked, String key, JsonResult<T> result) {
        if (result.problems().isEmpty()) {
            return result.value();
        }
        if (!notAsked) {
            refusals.add(InvalidAnnotationException.ofAnnotation(key, result.problems()));
        }
        return null;
    }
}
