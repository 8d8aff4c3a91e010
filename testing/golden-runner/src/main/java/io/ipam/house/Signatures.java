package io.ipam.house;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The classes that the visible part of a public type mentions. Annotations are ignored. */
public final class Signatures {

    private final Set<Type> seen = new HashSet<>();
    private final Set<String> classes = new TreeSet<>();

    private Signatures() {}

    /**
     * The classes that the signatures of a type mention: its supertypes, its bounds, and its public
     * and protected members. A member mentions parameters, results, exceptions, and type arguments.
     *
     * @param type a public type
     * @return binary names, sorted
     */
    public static Set<String> mentionedBy(Class<?> type) {
        Signatures signatures = new Signatures();
        signatures.addHeader(type);
        Arrays.stream(type.getDeclaredFields())
                .filter(field -> isVisible(field.getModifiers()))
                .map(Field::getGenericType)
                .forEach(signatures::add);
        Arrays.stream(type.getDeclaredConstructors())
                .filter(constructor -> isVisible(constructor.getModifiers()))
                .forEach(signatures::addConstructor);
        Arrays.stream(type.getDeclaredMethods())
                .filter(method -> isVisible(method.getModifiers()))
                .forEach(signatures::addMethod);
        return signatures.classes;
    }

    /**
     * The classes that signatures mention although they are not part of the API. These are classes
     * of other libraries than {@code inet.ipaddr}, and classes in packages that are not exported.
     *
     * @param types exported types
     * @param modules the modules whose exported packages users see
     * @return one line per type and class, such as {@code io.ipam.pool.Pool mentions
     *     com.example.Secret}
     */
    public static List<String> hiddenTypes(List<Class<?>> types, List<String> modules) {
        Set<String> visible = new HashSet<>();
        modules.forEach(module -> visible.addAll(ExportedTypes.packagesOf(module)));
        List<String> lines = new ArrayList<>();
        for (Class<?> type : types) {
            mentionedBy(type).stream()
                    .filter(name -> !name.startsWith("java."))
                    .filter(name -> !name.startsWith("inet.ipaddr."))
                    .filter(name -> !visible.contains(name.substring(0, name.lastIndexOf('.'))))
                    .forEach(name -> lines.add(type.getName() + " mentions " + name));
        }
        return lines;
    }

    private static boolean isVisible(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private void addHeader(Class<?> type) {
        if (type.getGenericSuperclass() != null) {
            add(type.getGenericSuperclass());
        }
        addAll(List.of(type.getGenericInterfaces()));
        addAll(List.of(type.getTypeParameters()));
    }

    private void addConstructor(Constructor<?> constructor) {
        addAll(List.of(constructor.getGenericParameterTypes()));
        addAll(List.of(constructor.getGenericExceptionTypes()));
        addAll(List.of(constructor.getTypeParameters()));
    }

    private void addMethod(Method method) {
        add(method.getGenericReturnType());
        addAll(List.of(method.getGenericParameterTypes()));
        addAll(List.of(method.getGenericExceptionTypes()));
        addAll(List.of(method.getTypeParameters()));
    }

    private void addAll(List<? extends Type> types) {
        types.forEach(this::add);
    }

    private void add(Type type) {
        if (!seen.add(type)) {
            return;
        }
        if (type instanceof Class<?> plain) {
            addClass(plain);
        } else if (type instanceof ParameterizedType parameterized) {
            add(parameterized.getRawType());
            addAll(List.of(parameterized.getActualTypeArguments()));
        } else if (type instanceof GenericArrayType array) {
            add(array.getGenericComponentType());
        } else if (type instanceof WildcardType wildcard) {
            addAll(List.of(wildcard.getUpperBounds()));
            addAll(List.of(wildcard.getLowerBounds()));
        } else if (type instanceof TypeVariable<?> variable) {
            addAll(List.of(variable.getBounds()));
        }
    }

    private void addClass(Class<?> plain) {
        if (plain.isArray()) {
            add(plain.getComponentType());
        } else if (!plain.isPrimitive()) {
            classes.add(plain.getName());
        }
    }
}
