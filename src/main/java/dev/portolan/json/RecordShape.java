package dev.portolan.json;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a record is made of.
 *
 * @param components in order
 */
record RecordShape(Class<?> type, List<Component> components, Constructor<?> constructor) {
    private static final Map<Class<?>, RecordShape> KNOWN = new ConcurrentHashMap<>();

    record Component(String name, Type type, Method accessor) {

        Object of(Object value) {
            try {
                return accessor.invoke(value);
            } catch (IllegalAccessException | InvocationTargetException impossible) {
                throw new IllegalStateException("an accessor of a record only answers", impossible);
            }
        }
    }

    static RecordShape of(Class<?> type) {
        RecordShape known = KNOWN.get(type);
        if (known == null) {
            known = read(type);
            KNOWN.put(type, known);
        }
        return known;
    }

    private static RecordShape read(Class<?> type) {
        List<Component> components = new ArrayList<>();
        List<Class<?>> classes = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true);
            components.add(new Component(component.getName(), component.getGenericType(), accessor));
            classes.add(component.getType());
        }
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(classes.toArray(new Class<?>[0]));
            constructor.setAccessible(true);
            return new RecordShape(type, components, constructor);
        } catch (NoSuchMethodException impossible) {
            throw new IllegalStateException("a record has its constructor", impossible);
        }
    }

    /** Whether it is written as its only component: a text with a type of its own. */
    boolean isText() {
        return components.size() == 1
                && components.getFirst().name().equals("value")
                && components.getFirst().type() == String.class;
    }

    /** Of a component, or -1 when none has that name. */
    int indexOf(String name) {
        for (int index = 0; index < components.size(); index++) {
            if (components.get(index).name().equals(name)) {
                return index;
            }
        }
        return -1;
    }

    /** @throws MalformedJson when the record does not take them */
    Object make(Object... values) throws MalformedJson {
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException refused) {
            throw new MalformedJson(String.valueOf(refused.getCause()), refused);
        } catch (InstantiationException | IllegalAccessException impossible) {
            throw new IllegalStateException("a record can be made", impossible);
        }
    }
}
