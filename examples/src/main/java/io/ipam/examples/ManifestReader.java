package io.ipam.examples;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.representer.Representer;

/**
 * Reads manifests as {@code kubectl get -o yaml} and {@code -o json} print them: single objects,
 * {@code kind: List}, and files of several documents.
 */
final class ManifestReader {
    private static final List<String> SHIPPED = List.of(
            "nodes.yaml",
            "namespaces.yaml",
            "networks.yaml",
            "pools.yaml",
            "reserved.yaml",
            "subnets.yaml",
            "pods.yaml",
            "deployments.yaml");
    /** The end of the name of a kind that is a list; kubectl prints it as the whole kind. */
    private static final String LIST = "List";

    private static final int MAX_CODE_POINTS = 64 << 20;

    private ManifestReader() {}

    /** The example manifests on the class path. */
    static List<Manifest> shipped() {
        List<Manifest> manifests = new ArrayList<>();
        for (String file : SHIPPED) {
            manifests.addAll(read(file, resource("/manifests/" + file)));
        }
        return manifests;
    }

    private static String resource(String name) {
        try (InputStream in = ManifestReader.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("not on the class path: " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The manifests of the {@code .yaml}, {@code .yml} and {@code .json} files of a directory, in
     * name order. Mistakes in files are collected, so that those in all objects can be reported
     * with them.
     */
    static List<Manifest> directory(Path directory, Mistakes mistakes) {
        if (!Files.isDirectory(directory)) {
            throw new BrokenManifestException(directory.toString(), "", "is not a directory");
        }
        List<Path> files;
        try (Stream<Path> entries = Files.list(directory)) {
            files = entries.filter(ManifestReader::isManifest).sorted().toList();
        } catch (IOException e) {
            throw unreadable(directory.toString(), e);
        }
        if (files.isEmpty()) {
            throw new BrokenManifestException(directory.toString(), "", "holds no .yaml, .yml or .json file");
        }
        List<Manifest> manifests = new ArrayList<>();
        for (Path file : files) {
            mistakes.run(() -> manifests.addAll(read(name(file), content(file), mistakes)));
        }
        return manifests;
    }

    /** The manifests of one text that has no mistake. */
    static List<Manifest> read(String file, String text) {
        Mistakes mistakes = new Mistakes();
        List<Manifest> manifests = read(file, text, mistakes);
        mistakes.tell();
        return manifests;
    }

    /** The manifests of one text; mistakes are collected object by object. */
    static List<Manifest> read(String file, String text, Mistakes mistakes) {
        List<Manifest> manifests = new ArrayList<>();
        List<Object> documents = new ArrayList<>();
        mistakes.run(() -> addDocuments(file, text, documents));
        for (int i = 0; i < documents.size(); i++) {
            Object document = documents.get(i);
            if (document != null) {
                String place = documents.size() == 1 ? file : file + ", document " + (i + 1);
                mistakes.run(() -> addTo(manifests, file, Fields.of(place, "", document), mistakes));
            }
        }
        return manifests;
    }

    /** The settings that a field of a manifest contains as YAML or JSON. */
    static Fields settings(String file, String path, String text) {
        List<Object> documents = new ArrayList<>();
        addDocuments(file, text, documents);
        return Fields.of(file, path, documents.isEmpty() ? Map.of() : documents.get(0));
    }

    private static void addTo(List<Manifest> manifests, String file, Fields fields, Mistakes mistakes) {
        if (isCniConfiguration(fields.tree())) {
            throw fields.mistake(
                    "", "is a CNI configuration: it belongs in the spec.config of a NetworkAttachmentDefinition");
        }
        String kind = fields.text("kind");
        if (kind.equals(LIST) || (kind.endsWith(LIST) && fields.tree().containsKey("items"))) {
            for (int i = 0; i < fields.count("items"); i++) {
                int index = i;
                mistakes.run(() -> addTo(manifests, file, item(fields, kind, index), mistakes));
            }
        } else {
            manifests.add(Manifest.of(file, fields));
        }
    }

    /**
     * An item of a list. The items of a {@code PodList} of the API server do not repeat their kind.
     */
    private static Fields item(Fields list, String kind, int index) {
        Fields item = list.item("items", index);
        if (kind.equals(LIST)) {
            return item;
        }
        Map<Object, Object> tree = new LinkedHashMap<>(item.tree());
        tree.putIfAbsent("kind", kind.substring(0, kind.length() - LIST.length()));
        tree.putIfAbsent("apiVersion", list.tree().get("apiVersion"));
        return new Fields(item.file(), item.path(), tree);
    }

    /**
     * Whether the object is a bare CNI configuration, which belongs in a
     * NetworkAttachmentDefinition.
     */
    private static boolean isCniConfiguration(Map<?, ?> tree) {
        return !tree.containsKey("kind") && (tree.containsKey("ipam") || tree.containsKey("plugins"));
    }

    /** Adds the documents before the first mistake in the YAML, and throws that mistake. */
    private static void addDocuments(String file, String text, List<Object> documents) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setCodePointLimit(MAX_CODE_POINTS);
        Yaml yaml = new Yaml(
                new SafeConstructor(options),
                new Representer(new DumperOptions()),
                new DumperOptions(),
                options,
                new TextTimestamps());
        try {
            yaml.loadAll(text).forEach(documents::add);
        } catch (MarkedYAMLException e) {
            throw new BrokenManifestException(file, where(e), "is not YAML: " + e.getProblem());
        } catch (YAMLException e) {
            throw new BrokenManifestException(file, "", "is not YAML: " + e.getMessage());
        }
    }

    private static String where(MarkedYAMLException e) {
        return e.getProblemMark() == null
                ? ""
                : "line " + (e.getProblemMark().getLine() + 1) + ", column "
                        + (e.getProblemMark().getColumn() + 1);
    }

    private static boolean isManifest(Path file) {
        String name = name(file);
        return Files.isRegularFile(file) && (name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json"));
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new BrokenManifestException(name(file), "", "must be text in UTF-8");
        } catch (IOException e) {
            throw unreadable(name(file), e);
        }
    }

    private static BrokenManifestException unreadable(String file, IOException e) {
        return new BrokenManifestException(file, "", "cannot be read: " + e);
    }
}
