# verificar_conexion_deploy.py
import requests
import time

def verificar_conexion_entre_plataformas():
    """Verificar que ambas plataformas se comunican correctamente"""
    
    # URLs de producción
    ahorro_url = "https://belgrano-ahorro.onrender.com"
    tickets_url = "https://belgrano-tickets.onrender.com"
    
    print("🔍 Verificando conexión entre plataformas...")
    
    # 1. Verificar que Belgrano Ahorro responde
    try:
        response = requests.get(f"{ahorro_url}/test", timeout=10)
        if response.status_code == 200:
            print("✅ Belgrano Ahorro está funcionando")
        else:
            print(f"⚠️ Belgrano Ahorro responde con código: {response.status_code}")
    except Exception as e:
        print(f"❌ Error conectando a Belgrano Ahorro: {e}")
    
    # 2. Verificar que Belgrano Tickets responde
    try:
        response = requests.get(f"{tickets_url}/health", timeout=10)
        if response.status_code == 200:
            print("✅ Belgrano Tickets está funcionando")
        else:
            print(f"⚠️ Belgrano Tickets responde con código: {response.status_code}")
    except Exception as e:
        print(f"❌ Error conectando a Belgrano Tickets: {e}")
    
    # 3. Verificar API de integración
    try:
        test_data = {
            "numero": "TEST-001",
            "cliente_nombre": "Cliente Test",
            "cliente_direccion": "Dirección Test",
            "cliente_telefono": "123456789",
            "cliente_email": "test@test.com",
            "productos": ["Producto Test x1"],
            "total": 100.0,
            "metodo_pago": "efectivo",
            "indicaciones": "Test de integración"
        }
        
        response = requests.post(
            f"{tickets_url}/api/tickets",
            json=test_data,
            timeout=10
        )
        
        if response.status_code == 201:
            print("✅ API de integración funciona correctamente")
        else:
            print(f"⚠️ API de integración responde con código: {response.status_code}")
            print(f"   Respuesta: {response.text}")
    except Exception as e:
        print(f"❌ Error en API de integración: {e}")

if __name__ == "__main__":
    verificar_conexion_entre_plataformas()
