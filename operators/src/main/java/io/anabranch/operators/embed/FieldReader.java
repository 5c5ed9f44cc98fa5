package io.anabranch.operators.embed;

import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;
import org.apache.flink.api.java.typeutils.RowTypeInfo;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of the records of a stream by their names: POJOs as Flink sees them, and Rows.
 */
final class FieldReader<T> implements Serializable {
  private static final long serialVersionUID = 1;

  private final Class<T> type;
  private final boolean row;
  private final Map<String, Integer> positions = new HashMap<>();

  /** Reads one field. */
  @FunctionalInterface
  interface Field<T> {
    /** The field's value; null when there is none. */
    @Nullable Object of(T element);
  }

  FieldReader(TypeInformation<T> information) {
    type = information.getTypeClass();
    row = Row.class.isAssignableFrom(type);
    if (information instanceof RowTypeInfo rows) {
      for (String name : rows.getFieldNames()) {
        positions.put(name, rows.getFieldIndex(name));
      }
    } else if (information instanceof PojoTypeInfo<T> pojo) {
      for (String name : pojo.getFieldNames()) {
        positions.put(name, pojo.getFieldIndex(name));
      }
    }
  }

  /**
   * Checks, before anything travels, that there are such fields.
   *
   * @throws IllegalArgumentException when there is no such field, or the type has no fields
   */
  void require(List<String> names) {
    if (names.isEmpty()) {
      return; // nothing is read by name
    }
    if (positions.isEmpty() && row) {
      return; // rows of a table: Flink's type of them is not known to this module
    }
    if (positions.isEmpty()) {
      throw new IllegalArgumentException(
          "fields must be those of a POJO or a Row, got "
              + type.getName()
              + ", which Flink sees as neither: read it with Features.mapping(…)");
    }
    for (String name : names) {
      if (!positions.containsKey(name)) {
        throw new IllegalArgumentException(
            "field must be one of "
                + String.join(", ", positions.keySet().stream().sorted().toList())
                + " of "
                + type.getName()
                + ", got '"
                + name
                + "'");
      }
    }
  }

  /** Readers of several fields, for one subtask. */
  @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
  Field<T>[] fields(List<String> names) {
    return names.stream().map(this::field).toArray(Field[]::new);
  }

  /** The reader of a field, for one subtask. */
  Field<T> field(String name) {
    return row ? rowField(name) : pojoField(name);
  }

  private Field<T> rowField(String name) {
    Integer position = positions.get(name);
    return element -> {
      Row fields = (Row) element;
      // Rows made by positions know no names; in rows made by names, positions mean nothing.
      return position != null && fields.getFieldNames(false) == null
          ? fields.getField(position)
          : fields.getField(name);
    };
  }

  private Field<T> pojoField(String name) {
    java.lang.reflect.Field field = declared(name);
    // As Flink does with private fields that have a getter.
    field.setAccessible(true);
    return element -> {
      try {
        return field.get(element);
      } catch (IllegalAccessException e) {
        throw new IllegalStateException("field '" + name + "' cannot be read", e);
      }
    };
  }

  private java.lang.reflect.Field declared(String name) {
    for (Class<?> of = type; of != null; of = of.getSuperclass()) {
      for (java.lang.reflect.Field field : of.getDeclaredFields()) {
        if (field.getName().equals(name)) {
          return field;
        }
      }
    }
    throw new IllegalStateException(
        type.getName() + " has no field '" + name + "' among " + Arrays.toString(type.getFields()));
  }
}
