package io.ipam.examples;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The objects by kind. Two objects with one identity are a mistake, which names both places. Thread
 * safety: none.
 */
final class Manifests {
    private final Map<Kind, List<Manifest>> byKind = new EnumMap<>(Kind.class);
    private final Map<String, Manifest> byIdentity = new LinkedHashMap<>();
    private final Map<String, Integer> unused = new TreeMap<>();

    /** Sorts the objects, and adds their mistakes. */
    static Manifests of(List<Manifest> manifests, Mistakes mistakes) {
        Manifests sorted = new Manifests();
        manifests.forEach(manifest -> mistakes.run(() -> sorted.add(manifest)));
        return sorted;
    }

    private void add(Manifest manifest) {
        Optional<Kind> kind = manifest.known();
        if (kind.isEmpty()) {
            unused.merge(unusedName(manifest), 1, Integer::sum);
            return;
        }
        Manifest first = byIdentity.putIfAbsent(identity(kind.get(), manifest), manifest);
        if (first != null) {
            throw repeated(kind.get(), manifest, first);
        }
        byKind.computeIfAbsent(kind.get(), any -> new ArrayList<>()).add(manifest);
    }

    private static String identity(Kind kind, Manifest manifest) {
        return kind.identityGroup(manifest.apiVersion()) + "/" + kind + "/"
                + (kind.isNamespaced() ? manifest.qualifiedName() : manifest.name());
    }

    private static BrokenManifestException repeated(Kind kind, Manifest again, Manifest first) {
        String scope = kind.isNamespaced() ? " of namespace " + again.namespace() : "";
        return again.metadata()
                .mistake(
                        "name",
                        "\"" + again.name() + "\": must be unique among objects of kind " + kind + scope + "; "
                                + first.place() + " has this one already; rename or remove one of them");
    }

    /** A kind is shown with its group if it is read in another group. */
    private static String unusedName(Manifest manifest) {
        String group = Kind.group(manifest.apiVersion());
        boolean ambiguous = Kind.of(manifest.kind(), "").isPresent();
        return ambiguous && !group.isEmpty() ? manifest.kind() + "." + group : manifest.kind();
    }

    /** The objects of a kind, in their order. */
    List<Manifest> of(Kind kind) {
        return byKind.getOrDefault(kind, List.of());
    }

    /** The pods and the objects that make pods, in their order among all manifests. */
    List<Manifest> podsAndMakers() {
        return byIdentity.values().stream()
                .filter(manifest -> manifest.known()
                        .filter(kind -> kind == Kind.POD || kind.makesPods())
                        .isPresent())
                .toList();
    }

    /** Objects of a kind by name. */
    Map<String, Manifest> byName(Kind kind) {
        Map<String, Manifest> named = new LinkedHashMap<>();
        of(kind).forEach(manifest -> named.put(manifest.name(), manifest));
        return named;
    }

    /** The numbers of objects that are not read, by kind: {@code Service 3}. */
    List<String> unused() {
        return unused.entrySet().stream()
                .map(e -> e.getKey() + " " + e.getValue())
                .toList();
    }
}
